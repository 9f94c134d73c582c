#include "report/estimation/poststratification_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "report/json_parts.h"
#include "report/terminal/plain_table.h"
#include "report/terminal/terminal.h"

namespace canvass {
namespace {

std::string points(double share) { return fmt::format("{:.1f}", 100.0 * share); }

std::string errorsText(const Poststratification& result, const TerminalStyle& style) {
  if (!result.errors) {
    return paragraph(
        "How large the errors are is not known: the survey has no observed answers of two cells of "
        "a question that are predicted too.",
        style);
  }
  const CellErrors& errors = *result.errors;
  return paragraph(
      fmt::format("Root mean squared error of a share, in percentage points, from {} of {} with "
                  "observed answers, without what sampling explains: {} that the cells of a "
                  "question have in common, which does not average out, and {} of each cell.",
                  counted(errors.cells, "cell"), counted(errors.questions, "question"),
                  points(errors.common), points(errors.own)),
      style);
}

}  // namespace

Json poststratificationToJson(const Poststratification& result) {
  Json targets = Json::array();
  for (const PoststratifiedTarget& target : result.targets) {
    Json json{{"population", target.id}, {"name", target.name}, {"cells", target.cells}};
    json["rmse"] = result.errors ? Json(result.errors->of(target)) : Json();
    targets.push_back(std::move(json));
  }
  Json errors;
  if (result.errors) {
    errors = {{"items", result.errors->cells},
              {"questions", result.errors->questions},
              {"common", result.errors->common},
              {"own", result.errors->own}};
  }
  return {{"predictions", result.predictions.predictions.size()},
          {"targets", std::move(targets)},
          {"errors", std::move(errors)},
          {"skipped", skippedJson(result.skipped)}};
}

std::string poststratificationText(const Poststratification& result, const TerminalStyle& style) {
  std::vector<std::vector<std::string>> rows{{"population", "cells", "error of a share", ""}};
  for (const PoststratifiedTarget& target : result.targets) {
    rows.push_back({target.name, grouped(target.cells),
                    result.errors ? points(result.errors->of(target)) : "-", ""});
  }
  return plainTable(rows, style) + "\n" + errorsText(result, style) +
         leftOutText(result.skipped, "estimate", style);
}

}  // namespace canvass
