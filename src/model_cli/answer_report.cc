#include "model_cli/answer_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "engine/training/run_record.h"
#include "report/terminal/terminal.h"

namespace canvass {
namespace {

// First-token alignment compares the letters only with each other, so a model that
// was trained that way need not put much of its probability on them.
std::string massText(const ModelChoice& model, const Prediction& prediction,
                     const TerminalStyle& style) {
  if (!prediction.optionMass) return "";
  const bool aligned = trainedTemplate(model.trainedFiles()).has_value();
  const char* const remark = *prediction.optionMass >= 0.5 ? ""
                             : aligned ? "; training compared them only with each other"
                                       : ": it may not have understood the format";
  return "\n" + paragraph(fmt::format("{} of the model's probability is on these letters{}.",
                                      percent(*prediction.optionMass), remark),
                          style);
}

}  // namespace

Json answerJson(const Survey& survey, const Prediction& prediction) {
  Json options = Json::array();
  for (std::size_t i = 0; i < prediction.labels.size(); ++i) {
    options.push_back({{"label", prediction.labels[i]},
                       {"text", survey.questions[0].options[i].text},
                       {"probability", prediction.probabilities[i]}});
  }
  Json json = {{"question", survey.questions[0].text},
               {"population", survey.populations[0].name},
               {"options", options}};
  if (prediction.optionMass) json["option_mass"] = *prediction.optionMass;
  return json;
}

std::string answerText(const Survey& survey, const ModelChoice& model, const Prediction& prediction,
                       const TerminalStyle& style) {
  return predictionBars(survey.questions[0], survey.populations[0], prediction.probabilities,
                        style) +
         massText(model, prediction, style);
}

}  // namespace canvass
