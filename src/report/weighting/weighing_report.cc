#include "report/weighting/weighing_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "report/terminal/plain_table.h"

namespace canvass {
namespace {

using Cells = std::vector<std::string>;

Cells summaryRow(const char* name, const WeightSummary& summary) {
  return {name,
          fmt::format("{:.3f}", summary.designEffect),
          fmt::format("{:.1f}", summary.effectiveSampleSize),
          fmt::format("{:.3f}", summary.smallest),
          fmt::format("{:.3f}", summary.largest),
          ""};
}

Json summaryJson(const WeightSummary& summary) {
  return {{"design_effect", summary.designEffect},
          {"n_eff", summary.effectiveSampleSize},
          {"smallest", summary.smallest},
          {"largest", summary.largest}};
}

}  // namespace

std::string weighingText(const Weighing& weighing, const TerminalStyle& style) {
  std::vector<Cells> margins{{"", "n", "before", "margin", "after", ""}};
  for (const WeighedCell& cell : weighing.cells) {
    margins.push_back({cell.name, grouped(cell.respondents), percent(cell.before),
                       percent(cell.target), percent(cell.after), ""});
  }
  const std::vector<Cells> summaries{
      {"weights", "design effect", "n_eff", "smallest", "largest", ""},
      summaryRow("before", weighing.before),
      summaryRow("after", weighing.after)};
  std::string text = plainTable(margins, style) + "\n" + plainTable(summaries, style);
  text += paragraph(
      "Design effect: n sum w^2 / (sum w)^2 (Kish). Smallest and largest: over the mean weight.",
      style);
  if (weighing.atBounds > 0) {
    text += paragraph(counted(weighing.atBounds, "weight") + " at a bound", style);
  }
  return text;
}

Json weighingJson(const Weighing& weighing) {
  Json cells = Json::array();
  for (const WeighedCell& cell : weighing.cells) {
    cells.push_back({{"cell", cell.name},
                     {"n", cell.respondents},
                     {"before", cell.before},
                     {"target", cell.target},
                     {"after", cell.after}});
  }
  return {{"respondents", weighing.respondents},    {"steps", weighing.steps},
          {"at_bounds", weighing.atBounds},         {"margins", std::move(cells)},
          {"before", summaryJson(weighing.before)}, {"after", summaryJson(weighing.after)}};
}

}  // namespace canvass
