#include "report/skipped_json.h"

#include <nlohmann/json.hpp>

namespace canvass {

Json skippedJson(const std::vector<Skipped>& skipped) {
  Json list = Json::array();
  for (const Skipped& one : skipped) {
    list.push_back(
        {{"question", one.question}, {"population", one.population}, {"reason", one.reason}});
  }
  return list;
}

}  // namespace canvass
