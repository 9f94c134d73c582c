#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/combine_verbs.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "report/estimation/poststratification_report.h"
#include "tasks/poststratify_task.h"

namespace canvass {
namespace {

struct PoststratifyArguments {
  SurveyArguments survey;
  PoststratifyTask task;
  std::string output;
  JsonOutput json;
};

void runPoststratify(PoststratifyArguments& arguments) {
  arguments.task.survey = arguments.survey.load();
  const Poststratification result = poststratifyPredictions(arguments.task);
  writePredictions(result.predictions, arguments.output);
  arguments.json.write(poststratificationToJson(result));
  if (arguments.json.toStandardOutput()) return;
  print(poststratificationText(result, terminalStyle()));
  say(fmt::format("{} written to {}",
                  counted(result.predictions.predictions.size(), "post-stratified prediction"),
                  arguments.output));
}

}  // namespace

void addCombinePoststratify(CLI::App& combine) {
  auto arguments = std::make_shared<PoststratifyArguments>();
  CLI::App& verb = *combine.add_subcommand(
      "poststratify", "Weight predictions of crossed groups to a population's composition");
  addSurveyOptions(verb, arguments->survey, "--survey",
                   "survey whose populations are the crossed groups; observed answers of them say "
                   "how large the errors are",
                   true);
  verb.add_option("--predictions", arguments->task.predictions, "predictions.jsonl of these groups")
      ->type_name("FILE")
      ->required();
  verb.add_option("--cells", arguments->task.cells,
                  "CSV or TOML file with the number of people in each group, a column for each "
                  "attribute and one called count, share or percent; see docs/weighting.md")
      ->type_name("FILE")
      ->required();
  verb.add_option("--by", arguments->task.by,
                  "attributes that divide the groups into populations, separated by commas; "
                  "everyone without any")
      ->type_name("NAME")
      ->delimiter(',');
  verb.add_option("-o,--output", arguments->output, "predictions.jsonl of the populations to write")
      ->type_name("FILE")
      ->required();
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n"
      "  canvass combine poststratify --survey groups.jsonl --predictions groups-tuned.jsonl \\\n"
      "      --cells census.csv --by country -o countries.jsonl");
  verb.callback([arguments] { runPoststratify(*arguments); });
}

}  // namespace canvass
