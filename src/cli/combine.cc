#include <CLI/CLI.hpp>
#include <memory>

#include "cli/combine_stacking.h"
#include "cli/verbs.h"

namespace canvass {

void addCombine(CLI::App& app) {
  auto arguments = std::make_shared<StackingArguments>();
  CLI::App& verb = *app.add_subcommand("combine", "Combine predictions with what is known");
  addSurveyOptions(verb, arguments->validation, "--survey",
                   "validation items: they tell the predictors' weights", true);
  verb.add_option("--predictions", arguments->predictions,
                  "predictions.jsonl of a predictor, of validation items and of others; one or "
                  "several");
  addSurveyOptions(verb, arguments->train, "--train", "the items that baselines learn from", false);
  verb.add_option("--baseline", arguments->baselines,
                  "a baseline to combine too: question-mean, nearest, low-rank or best-linear; one "
                  "or several");
  addSurveyOptions(verb, arguments->items, "--items",
                   "the items to predict; without it all that predictions are of, but validation "
                   "items",
                   false);
  verb.add_option("--seed", arguments->seed, "of folds, and of what baselines draw")
      ->capture_default_str();
  verb.add_option("-o,--output", arguments->output, "predictions.jsonl to write")->required();
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n  canvass combine --survey validation.jsonl --predictions tuned.jsonl \\\n"
      "                  --train train.jsonl --baseline best-linear -o combined.jsonl");
  verb.callback([arguments] { runStacking(*arguments); });
}

}  // namespace canvass
