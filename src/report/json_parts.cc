#include "report/json_parts.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace canvass {

Json numberJson(std::optional<double> number) {
  return number && std::isfinite(*number) ? Json(*number) : Json();
}

void putInterval(Json& json, const std::optional<Interval>& interval) {
  json["low"] = interval ? Json(interval->low) : Json();
  json["high"] = interval ? Json(interval->high) : Json();
}

Json intervalJson(const std::optional<Interval>& interval) {
  Json json;
  if (interval) putInterval(json, interval);
  return json;
}

Json skippedJson(const std::vector<Skipped>& skipped) {
  Json list = Json::array();
  for (const Skipped& one : skipped) {
    list.push_back(
        {{"question", one.question}, {"population", one.population}, {"reason", one.reason}});
  }
  return list;
}

}  // namespace canvass
