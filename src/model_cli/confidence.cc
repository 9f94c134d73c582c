#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "cli/engine_program.h"
#include "cli/options.h"
#include "confidence/auxiliary_model.h"
#include "confidence/confidence_scores.h"
#include "engine/embedding/sentence_embedder.h"
#include "model_cli/verbs.h"
#include "stats/metrics.h"

namespace canvass {
namespace {

struct Arguments {
  SurveyArguments survey;
  SurveyArguments items;
  std::vector<std::string> predictions;
  std::string encoder;
  std::uint64_t seed = 0;
  std::string output;
  JsonOutput json;
};

// All files as one; their headers must be equal.
Predictions readAll(const std::vector<std::string>& files) {
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

// Predictions of the survey's items; `others`: of all but those.
Predictions ofItems(const Predictions& all, const Survey& survey, bool others) {
  const SurveyIndex index(survey);
  Predictions result{static_cast<const PredictionSource&>(all), {}};
  for (const Prediction& one : all.predictions) {
    const auto question = index.question(one.question);
    const auto population = index.population(one.population);
    const bool there = question && population && index.item(*question, *population);
    if (there != others) result.predictions.push_back(one);
  }
  return result;
}

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

// Confidence as learned, and the predicted top share as one, against what people answered.
struct Judged {
  ConfidenceScores learned, topShare;
};

Judged judge(const Survey& observed, const Predictions& predictions, double threshold) {
  std::vector<double> learned, topShares;
  std::vector<bool> trusted;
  const SurveyIndex index(observed);
  for (const Prediction& one : predictions.predictions) {
    if (!one.confidence) continue;
    Predictions single{static_cast<const PredictionSource&>(predictions), {one}};
    const auto item = index.item(*index.question(one.question), *index.population(one.population));
    const Matching matching = matchPredictions(observed, single, std::vector<std::size_t>{*item});
    if (matching.matched.empty()) continue;
    const Distribution& predicted = matching.matched.front().predicted;
    learned.push_back(*one.confidence);
    topShares.push_back(*std::max_element(predicted.begin(), predicted.end()));
    trusted.push_back(1.0 - jsSimilarity(*observed.items[*item].observed, predicted) <= threshold);
  }
  return {scoreConfidences(learned, trusted), scoreConfidences(topShares, trusted)};
}

Predictions withConfidence(const AuxiliaryModel& model, const Survey& items,
                           Predictions predictions) {
  const SurveyIndex index(items);
  std::vector<AnswerText> answers;
  std::vector<Prediction*> answered;
  for (Prediction& one : predictions.predictions) {
    if (!one.failure.empty()) continue;
    const Question& question = items.questions[*index.question(one.question)];
    if (one.labels != labelsOf(question)) {
      throw Error("the prediction is for other options",
                  fmt::format("question {}, population {}", one.question, one.population),
                  "give the survey that was predicted with --items");
    }
    answers.push_back(answerText(question, items.populations[*index.population(one.population)],
                                 one.probabilities));
    answered.push_back(&one);
  }
  const std::vector<double> confidences = model.confidencesIn(answers);
  for (std::size_t i = 0; i < answered.size(); ++i) answered[i]->confidence = confidences[i];
  return predictions;
}

std::shared_ptr<const TextEmbedder> encoderOf(const Arguments& arguments) {
  if (arguments.encoder.empty()) return nullptr;
  return std::make_shared<SentenceEmbedder>(*openModel(arguments.encoder));
}

void run(const Arguments& arguments) {
  const Survey survey = arguments.survey.load();
  const Survey items = arguments.items.load();
  const Predictions all = readAll(arguments.predictions);
  const AuxiliaryModel model(survey, ofItems(all, survey, false), arguments.seed,
                             encoderOf(arguments));
  const Predictions others = ofItems(ofItems(all, survey, true), items, false);
  if (others.predictions.empty()) {
    throw Error("no prediction is of the items in --items that were not learned from", "",
                "predict them with the same model, and give that file too");
  }
  const Predictions result = withConfidence(model, items, others);
  writePredictions(result, arguments.output);
  const Judged judged = judge(items, result, model.threshold());
  arguments.json.write({{"learned_from", model.items()},
                        {"encoder", arguments.encoder.empty() ? Json() : Json(arguments.encoder)},
                        {"threshold", model.threshold()},
                        {"ridge", model.ridge()},
                        {"predictions", result.predictions.size()},
                        {"confidence", scoresJson(judged.learned)},
                        {"top_share", scoresJson(judged.topShare)}});
  if (arguments.json.toStandardOutput()) return;
  print(
      fmt::format("{}: {} with their confidence, learned from {}; an answer could be trusted where "
                  "its JS distance was at most {:.3f}\n",
                  arguments.output, counted(result.predictions.size(), "prediction"),
                  counted(model.items(), "item"), model.threshold()));
  if (judged.learned.items == 0) return;
  print(fmt::format("\n{:<34}{:>8}{:>8}{:>10}\n",
                    fmt::format("{} of {} could be trusted", percent(judged.learned.trusted),
                                counted(judged.learned.items, "item")),
                    "Brier", "ECE", "AUROC"));
  print(scoresRow("confidence, from the text", judged.learned));
  print(scoresRow("the predicted top share", judged.topShare));
  print(fmt::format("{:<34}{:>8.3f}{:>8}{:>10}\n", "the same for every item",
                    judged.learned.brierOfConstant, "0.000", "0.500"));
}

}  // namespace

void addConfidence(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& verb = *app.add_subcommand("confidence", descriptionOf("confidence"));
  addSurveyOptions(verb, arguments->survey, "--survey",
                   "what was observed, of the items to learn from", true);
  verb.add_option("--predictions", arguments->predictions,
                  "of these items and of others, by one predictor; one file or several")
      ->required();
  addSurveyOptions(verb, arguments->items, "--items",
                   "the items whose answers get a confidence; where they have people's answers, it "
                   "is judged",
                   true);
  verb.add_option("--encoder", arguments->encoder,
                  "a Hugging Face folder of a small encoder, to learn from what the text means; "
                  "without, it learns from its words");
  verb.add_option("--seed", arguments->seed, "of the folds")->capture_default_str();
  verb.add_option("-o,--output", arguments->output, "predictions.jsonl to write")->required();
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n  canvass confidence --survey valid.jsonl --items held-out.jsonl \\\n"
      "      --predictions valid-tuned.jsonl tuned.jsonl -o trusted.jsonl");
  verb.callback([arguments] { run(*arguments); });
}

}  // namespace canvass
