#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "cli/combine_sample.h"
#include "cli/combine_stacking.h"
#include "cli/verbs.h"

namespace canvass {
namespace {

// All that the verb can be given; what it does depends on which of them there are.
struct Arguments {
  StackingArguments stacking;
  SurveyArguments sample;
  SamplingStudyOptions simulation;
  CLI::Option* simulate = nullptr;
};

const std::string& onlyPredictions(const Arguments& arguments) {
  if (arguments.stacking.predictions.size() == 1) return arguments.stacking.predictions.front();
  throw Error("a sample is combined with the predictions of one predictor", {},
              "give one file with --predictions; several become one with --survey");
}

void requireOutput(const Arguments& arguments) {
  if (arguments.stacking.output.empty()) {
    throw Error("there is no file to write to", {}, "name one with -o");
  }
}

void run(const Arguments& arguments) {
  const StackingArguments& stacking = arguments.stacking;
  const bool hasSurvey = !stacking.validation.files.empty();
  const bool hasSample = !arguments.sample.files.empty();
  if (hasSurvey == hasSample) {
    throw Error("it is not clear what to combine", {},
                "give either --survey, to combine predictors, or --sample, to combine predictions "
                "with respondents");
  }
  if (arguments.simulate->count() > 0) {
    if (hasSample) throw Error("--simulate draws its samples", {}, "give --survey, not --sample");
    SamplingStudyOptions options = arguments.simulation;
    options.seed = stacking.seed;
    return runSimulation({stacking.validation, onlyPredictions(arguments), options, stacking.json});
  }
  requireOutput(arguments);
  if (!hasSample) return runStacking(stacking);
  runSample({arguments.sample, onlyPredictions(arguments), stacking.output, stacking.json});
}

void addStackingOptions(CLI::App& verb, StackingArguments& arguments) {
  addSurveyOptions(verb, arguments.validation, "--survey",
                   "validation items: they tell the predictors' weights", false);
  verb.add_option("--predictions", arguments.predictions,
                  "predictions.jsonl of a predictor, of validation items and of others; one or "
                  "several");
  addSurveyOptions(verb, arguments.train, "--train", "the items that baselines learn from", false);
  verb.add_option("--baseline", arguments.baselines,
                  "a baseline to combine too: question-mean, nearest, low-rank or best-linear; one "
                  "or several");
  addSurveyOptions(verb, arguments.items, "--items",
                   "the items to predict; without it all that predictions are of, but validation "
                   "items",
                   false);
}

void addSampleOptions(CLI::App& verb, Arguments& arguments) {
  addSurveyOptions(verb, arguments.sample, "--sample",
                   "items with a few respondents (n or n_eff): estimates from them and the "
                   "predictions",
                   false);
  arguments.simulate =
      verb.add_option("--simulate", arguments.simulation.simulations,
                      "draw so many samples from --survey, and say what such estimates are worth")
          ->check(CLI::PositiveNumber);
  verb.add_option("--n", arguments.simulation.respondents, "respondents of a simulated item")
      ->capture_default_str()
      ->check(CLI::Range(2, 1'000'000));
  verb.add_option("--populations", arguments.simulation.populations,
                  "populations that a simulated survey asks each question")
      ->capture_default_str()
      ->check(CLI::Range(2, 1'000'000));
}

}  // namespace

void addCombine(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& verb =
      *app.add_subcommand("combine", "Combine predictions with each other, or with respondents");
  addStackingOptions(verb, arguments->stacking);
  addSampleOptions(verb, *arguments);
  verb.add_option("--seed", arguments->stacking.seed,
                  "of folds, of what baselines draw, of samples")
      ->capture_default_str();
  verb.add_option("-o,--output", arguments->stacking.output,
                  "predictions.jsonl or, with --sample, estimates.jsonl to write");
  addJsonOption(verb, arguments->stacking.json);
  verb.footer(
      "Examples:\n"
      "  canvass combine --survey validation.jsonl --predictions tuned.jsonl \\\n"
      "                  --train train.jsonl --baseline best-linear -o combined.jsonl\n"
      "  canvass combine --sample sample.jsonl --predictions combined.jsonl -o estimates.jsonl\n"
      "  canvass combine --simulate 500 --n 50 --survey survey.jsonl --predictions tuned.jsonl");
  verb.callback([arguments] { run(*arguments); });
}

}  // namespace canvass
