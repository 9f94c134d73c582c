#include <CLI/CLI.hpp>

#include "cli/combine_verbs.h"
#include "cli/options.h"
#include "cli/verbs.h"

namespace canvass {

void addCombine(CLI::App& app) {
  CLI::App& verb =
      *app.add_subcommand("combine", "Combine predictions with each other, or with respondents");
  verb.require_subcommand(1);
  addCombineFit(verb);
  addCombineEstimate(verb);
  addCombineSimulate(verb);
  addCombinePoststratify(verb);
  refuseRenamed(verb, "--survey", "canvass combine fit --survey");
  refuseRenamed(verb, "--sample", "canvass combine estimate --survey");
  refuseRenamed(verb, "--simulate", "canvass combine simulate --simulations");
  verb.footer(
      "Examples:\n"
      "  canvass combine fit --survey validation.jsonl --predictions tuned.jsonl \\\n"
      "      --train train.jsonl --baseline best_linear -o combined.jsonl\n"
      "  canvass combine estimate --survey sample.jsonl --predictions combined.jsonl \\\n"
      "      -o estimates.jsonl\n"
      "  canvass combine simulate --survey survey.jsonl --predictions tuned.jsonl");
}

}  // namespace canvass
