#include "model_cli/confidence_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "report/terminal/terminal_text.h"

namespace canvass {
namespace {

Json scoresJson(const ConfidenceScores& scores) {
  return {{"items", scores.items},
          {"trusted", scores.trusted},
          {"brier", scores.brier},
          {"brier_of_constant", scores.brierOfConstant},
          {"ece", scores.calibrationError},
          {"auroc", scores.auroc ? Json(*scores.auroc) : Json(nullptr)}};
}

std::string scoresRow(const char* title, const ConfidenceScores& scores) {
  return fmt::format("{:<34}{:>8.3f}{:>8.3f}{:>10.3f}\n", title, scores.brier,
                     scores.calibrationError, scores.auroc.value_or(0.0));
}

}  // namespace

Json confidenceJson(const ConfidenceResult& result, const ConfidenceOptions& options) {
  return {{"learned_from", result.learnedFrom},
          {"encoder", options.encoder ? Json(options.encoder->describe()) : Json()},
          {"threshold", result.threshold},
          {"ridge", result.ridge},
          {"predictions", result.predictions.predictions.size()},
          {"confidence", scoresJson(result.learned)},
          {"top_share", scoresJson(result.topShare)}};
}

std::string confidenceText(const ConfidenceResult& result, const std::string& output,
                           const TerminalStyle& style) {
  std::string text = paragraph(
      fmt::format("{}: {} with their confidence, learned from {}; an answer could be trusted if "
                  "its JS distance was at most {:.3f}",
                  output, counted(result.predictions.predictions.size(), "prediction"),
                  counted(result.learnedFrom, "item"), result.threshold),
      style);
  if (result.learned.items == 0) return text;
  text += fmt::format("\n{:<34}{:>8}{:>8}{:>10}\n",
                      fmt::format("{} of {} could be trusted", percent(result.learned.trusted),
                                  counted(result.learned.items, "item")),
                      "Brier", "ECE", "AUROC");
  text += scoresRow("confidence, from the text", result.learned);
  text += scoresRow("the predicted top share", result.topShare);
  return text + fmt::format("{:<34}{:>8.3f}{:>8}{:>10}\n", "the same for every item",
                            result.learned.brierOfConstant, "0.000", "0.500");
}

}  // namespace canvass
