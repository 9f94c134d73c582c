#include "survey/split.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/options.h"
#include "cli/verbs.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

struct Arguments {
  SurveyArguments survey;
  SplitPlan plan;
  std::string output;
};

void run(const Arguments& arguments) {
  const Split split = splitSurvey(arguments.survey.load(), arguments.plan);
  const std::filesystem::path folder = arguments.output;
  writeSurvey(split.train, folder / "train.jsonl");
  writeSurvey(split.heldOut, folder / "held-out.jsonl");
  print(fmt::format("{} items in {}, {} in {}\n", split.train.items.size(),
                    (folder / "train.jsonl").string(), split.heldOut.items.size(),
                    (folder / "held-out.jsonl").string()));
}

}  // namespace

void addSplit(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& verb = *app.add_subcommand("split", "Hold out populations, questions or random cells");
  addSurveyOptions(verb, arguments->survey, "survey", "survey.jsonl or simllm JSON files", true);
  verb.add_option("--hold-out-populations", arguments->plan.populations,
                  "whole populations, by id or name, separated by commas")
      ->delimiter(',');
  verb.add_option("--hold-out-questions", arguments->plan.questions,
                  "whole questions, by id, separated by commas")
      ->delimiter(',');
  verb.add_option("--hold-out-cells", arguments->plan.cellFraction,
                  "share of the remaining items, drawn at random")
      ->check(CLI::Range(0.0, 1.0));
  verb.add_option("--seed", arguments->plan.seed, "of the draw")->capture_default_str();
  verb.add_option("-o,--output", arguments->output, "folder for train.jsonl and held-out.jsonl")
      ->required();
  verb.footer("Example:\n  canvass split survey.jsonl --hold-out-cells 0.08 --seed 1 -o split");
  verb.callback([arguments] { run(*arguments); });
}

}  // namespace canvass
