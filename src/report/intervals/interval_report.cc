#include "report/intervals/interval_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "base/list_text.h"
#include "report/terminal/plain_table.h"
#include "report/terminal/terminal.h"

namespace canvass {
namespace {

Json coveredJson(const CoveredShare& one) {
  return {{"name", one.name},
          {"items", one.items},
          {"coverage", one.coverage()},
          {"mean_width", one.width}};
}

Json coveredJson(const std::vector<CoveredShare>& groups) {
  Json json = Json::array();
  for (const CoveredShare& one : groups) json.push_back(coveredJson(one));
  return json;
}

std::string percentHeld(double share) { return fmt::format("{:.1f}%", 100.0 * share); }

std::vector<std::string> row(const std::string& name, const CoveredShare& one) {
  return {name, grouped(one.items), percentHeld(one.coverage()),
          fmt::format("{:.1f}", 100.0 * one.width), ""};
}

void addWorst(const char* kind, const std::vector<CoveredShare>& groups,
              std::vector<std::vector<std::string>>& rows) {
  if (const CoveredShare* worst = worstCovered(groups)) {
    rows.push_back(row(fmt::format("worst {}: {}", kind, worst->name), *worst));
  }
}

}  // namespace

Json coverageJson(const IntervalCheck& check) {
  const auto& [source, coverage] = check;
  return {{"level", source.level},
          {"new", source.newBy},
          {"respondents", source.respondents ? Json(*source.respondents) : Json()},
          {"learned_from", {{"items", source.items}, {"groups", source.groups}}},
          {"items", coverage.all.items},
          {"coverage", coverage.all.coverage()},
          {"mean_width", coverage.all.width},
          {"by_topic", coveredJson(coverage.byTopic)},
          {"by_population", coveredJson(coverage.byPopulation)},
          {"by_width", coveredJson(coverage.byWidth)}};
}

std::string coverageText(const IntervalCheck& check, const TerminalStyle& style) {
  const auto& [source, coverage] = check;
  std::vector<std::vector<std::string>> rows{
      {fmt::format("intervals of {:g}%, for a new {}", 100.0 * source.level, source.newBy), "items",
       "held", "width", ""}};
  rows.push_back(row("all", coverage.all));
  for (const CoveredShare& one : coverage.byWidth) {
    if (one.items > 0) rows.push_back(row(one.name + " quarter", one));
  }
  addWorst("topic", coverage.byTopic, rows);
  addWorst("population", coverage.byPopulation, rows);
  return plainTable(rows, style);
}

}  // namespace canvass
