#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>

#include "base/error.h"
#include "baselines/baselines.h"
#include "baselines/best_linear_baseline.h"
#include "baselines/control_predictors.h"
#include "baselines/low_rank_baseline.h"
#include "cli/options.h"
#include "cli/verbs.h"

namespace canvass {
namespace {

struct Arguments {
  std::string name;
  SurveyArguments survey;
  SurveyArguments train;
  std::size_t neighbours = 0;  // 0: to be chosen on the training items
  std::uint64_t respondents = 0;
  std::uint64_t seed = 0;
  std::string output;
};

struct Surveys {
  Survey items;
  Survey training;
};

Predictions uniform(const Surveys& surveys, const Arguments&) {
  return predictUniform(surveys.training, surveys.items);
}

Predictions questionMean(const Surveys& surveys, const Arguments&) {
  return predictQuestionMean(surveys.training, surveys.items);
}

Predictions nearest(const Surveys& surveys, const Arguments& arguments) {
  BaselineOptions options{arguments.neighbours};
  if (arguments.neighbours == 0) {
    const NeighbourChoice choice = chooseNeighbours(surveys.training, surveys.items);
    print(
        fmt::format("{} neighbours, chosen by leaving out each of the training items "
                    "(js_similarity {:.3f})\n",
                    choice.neighbours, choice.similarity));
    options.neighbours = choice.neighbours;
  }
  return predictNearestPopulations(surveys.training, surveys.items, options);
}

Predictions lowRank(const Surveys& surveys, const Arguments& arguments) {
  LowRankBaselineOptions options;
  options.seed = arguments.seed;
  LowRankPredictions result = predictLowRank(surveys.training, surveys.items, options);
  print(
      fmt::format("rank {} and ridge {}, chosen by cross-validation on the training items "
                  "(js_similarity {:.3f})\n",
                  result.settings.rank, result.settings.ridge, result.similarity));
  return std::move(result.predictions);
}

Predictions bestLinear(const Surveys& surveys, const Arguments& arguments) {
  BestLinearBaselineOptions options;
  options.seed = arguments.seed;
  BestLinearPredictions result = predictBestLinear(surveys.training, surveys.items, options);
  print(
      fmt::format("shrinkage {}, chosen by cross-validation on the training items "
                  "(js_similarity {:.3f})\n",
                  result.settings.shrinkage, result.similarity));
  return std::move(result.predictions);
}

Predictions respondents(const Surveys& surveys, const Arguments& arguments) {
  return predictRespondents(surveys.items, arguments.respondents, arguments.seed);
}

Predictions otherPopulation(const Surveys& surveys, const Arguments& arguments) {
  return predictOtherPopulation({&surveys.training, &surveys.items}, surveys.items, arguments.seed);
}

struct Predictor {
  const char* name;
  const char* summary;
  bool needsTraining;
  Predictions (*predict)(const Surveys&, const Arguments&);
};

constexpr std::array predictors = {
    Predictor{"uniform", "every option alike", false, uniform},
    Predictor{"question-mean", "mean of the other populations", true, questionMean},
    Predictor{"nearest", "mean of the populations most alike", true, nearest},
    Predictor{"low-rank", "a completed table of populations x options", true, lowRank},
    Predictor{"best-linear", "all other populations, weighted by their covariance", true,
              bestLinear},
    Predictor{"respondents", "a sample of --n people from what was observed", false, respondents},
    Predictor{"other-population", "what another population answered", false, otherPopulation},
};

std::string helpOnNames() {
  std::string text;
  for (const Predictor& predictor : predictors) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", predictor.name, predictor.summary);
  }
  return text;
}

const Predictor& predictorNamed(const std::string& name) {
  const auto found = std::ranges::find(predictors, name, &Predictor::name);
  if (found != predictors.end()) return *found;
  throw Error(fmt::format("the baseline \"{}\" is not known", name), {},
              "choose one of " + helpOnNames());
}

void run(const Arguments& arguments) {
  const Predictor& predictor = predictorNamed(arguments.name);
  const bool hasTraining = !arguments.train.files.empty();
  if (predictor.needsTraining && !hasTraining) {
    throw Error(fmt::format("the baseline {} learns from other items", predictor.name), {},
                "give them with --train");
  }
  const Surveys surveys{arguments.survey.load(), hasTraining ? arguments.train.load() : Survey()};
  const Predictions predictions = predictor.predict(surveys, arguments);
  if (predictions.predictions.empty()) {
    throw Error(fmt::format("the baseline {} knows nothing of any item", predictor.name));
  }
  writePredictions(predictions, arguments.output);
  const std::size_t predicted = predictions.predictions.size();
  print(fmt::format("{} predictions written to {}; {} without one\n", predicted, arguments.output,
                    counted(surveys.items.items.size() - predicted, "item")));
}

}  // namespace

void addBaseline(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& verb = *app.add_subcommand("baseline", "Predict as simple predictors do");
  verb.add_option("name", arguments->name, helpOnNames())->required();
  addSurveyOptions(verb, arguments->survey, "--survey", "the items to predict", true);
  addSurveyOptions(verb, arguments->train, "--train", "the items to learn from", false);
  verb.add_option("--neighbours", arguments->neighbours,
                  "populations that nearest averages; chosen on the training items without it")
      ->check(CLI::PositiveNumber);
  verb.add_option("--n", arguments->respondents, "people that respondents asks for each item");
  verb.add_option("--seed", arguments->seed,
                  "of what respondents, other-population, low-rank and best-linear draw")
      ->capture_default_str();
  verb.add_option("-o,--output", arguments->output, "predictions.jsonl to write")->required();
  verb.footer(
      "Example:\n  canvass baseline low-rank --survey held-out.jsonl --train train.jsonl "
      "-o low-rank.jsonl");
  verb.callback([arguments] { run(*arguments); });
}

}  // namespace canvass
