#include "report/skipped_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "report/terminal/terminal_text.h"

namespace canvass {

Json skippedJson(const std::vector<Skipped>& skipped) {
  Json list = Json::array();
  for (const Skipped& one : skipped) {
    list.push_back(
        {{"question", one.question}, {"population", one.population}, {"reason", one.reason}});
  }
  return list;
}

std::string leftOutText(const std::vector<Skipped>& skipped, const char* what) {
  if (skipped.empty()) return {};
  const Skipped& first = skipped.front();
  return fmt::format("{} left out, such as question {} and population {} ({})\n",
                     counted(skipped.size(), what), first.question, first.population, first.reason);
}

}  // namespace canvass
