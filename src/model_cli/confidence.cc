#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "cli/engine_program.h"
#include "cli/options.h"
#include "model_cli/model_options.h"
#include "model_cli/verbs.h"
#include "model_tasks/confidence_task.h"

namespace canvass {
namespace {

struct ConfidenceArguments {
  SurveyArguments survey;
  SurveyArguments items;
  std::vector<std::string> predictions;
  ConfidenceOptions options;
  std::string output;
  JsonOutput json;
};

// All files as one; their headers must be equal.
Predictions readOnePredictor(const std::vector<std::string>& files) {
  requireDistinctFiles({files.begin(), files.end()});
  Predictions all = readPredictions(files.front());
  for (std::size_t i = 1; i < files.size(); ++i) {
    Predictions more = readPredictions(files[i]);
    if (static_cast<const PredictionSource&>(more) != all) {
      throw Error("these predictions are of another model or way of asking", files[i],
                  "give files of one predictor");
    }
    for (Prediction& one : more.predictions) all.predictions.push_back(std::move(one));
  }
  return all;
}

Json scoresJson(const ConfidenceScores& scores) {
  return {{"items", scores.items},
          {"trusted", scores.trusted},
          {"brier", scores.brier},
          {"brier_of_constant", scores.brierOfConstant},
          {"ece", scores.calibrationError},
          {"auroc", scores.auroc ? Json(*scores.auroc) : Json(nullptr)}};
}

Json confidenceJson(const ConfidenceResult& result, const ConfidenceOptions& options) {
  return {{"learned_from", result.learnedFrom},
          {"encoder", options.encoder ? Json(options.encoder->describe()) : Json()},
          {"threshold", result.threshold},
          {"ridge", result.ridge},
          {"predictions", result.predictions.predictions.size()},
          {"confidence", scoresJson(result.learned)},
          {"top_share", scoresJson(result.topShare)}};
}

std::string scoresRow(const char* title, const ConfidenceScores& scores) {
  return fmt::format("{:<34}{:>8.3f}{:>8.3f}{:>10.3f}\n", title, scores.brier,
                     scores.calibrationError, scores.auroc.value_or(0.0));
}

std::string confidenceText(const ConfidenceResult& result, const std::string& output) {
  std::string text = fmt::format(
      "{}: {} with their confidence, learned from {}; an answer could be trusted if its JS "
      "distance was at most {:.3f}\n",
      output, counted(result.predictions.predictions.size(), "prediction"),
      counted(result.learnedFrom, "item"), result.threshold);
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

void runConfidence(const ConfidenceArguments& arguments) {
  const Survey survey = arguments.survey.load();
  const Survey items = arguments.items.load();
  const Predictions predictions = readOnePredictor(arguments.predictions);
  const ConfidenceResult result = learnConfidence(survey, items, predictions, arguments.options);
  writePredictions(result.predictions, arguments.output);
  arguments.json.write(confidenceJson(result, arguments.options));
  if (!arguments.json.toStandardOutput()) print(confidenceText(result, arguments.output));
}

}  // namespace

void addConfidence(CLI::App& app) {
  auto arguments = std::make_shared<ConfidenceArguments>();
  CLI::App& verb = *app.add_subcommand("confidence", descriptionOf("confidence"));
  addSurveyOptions(verb, arguments->survey, "--survey",
                   "what was observed, of the items to learn from", true);
  verb.add_option("--predictions", arguments->predictions,
                  "of these items and of others, by one predictor; one file or several")
      ->required();
  addSurveyOptions(verb, arguments->items, "--items",
                   "the items whose answers get a confidence; if they have people's answers, it is "
                   "judged",
                   true);
  addModelOption(verb, "--encoder",
                 "a Hugging Face folder of a small encoder, to learn from what the text means; "
                 "without, it learns from its words",
                 arguments->options.encoder);
  verb.add_option("--seed", arguments->options.seed, "of the folds")->capture_default_str();
  verb.add_option("-o,--output", arguments->output, "predictions.jsonl to write")->required();
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n  canvass confidence --survey valid.jsonl --items held-out.jsonl \\\n"
      "      --predictions valid-tuned.jsonl tuned.jsonl -o trusted.jsonl");
  verb.callback([arguments] { runConfidence(*arguments); });
}

}  // namespace canvass
