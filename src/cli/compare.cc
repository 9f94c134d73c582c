#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/messages.h"
#include "cli/number_checks.h"
#include "cli/options.h"
#include "cli/verbs.h"
#include "evaluation/run_comparison.h"
#include "evaluation/specification_curve.h"
#include "report/comparison/comparison_report.h"
#include "report/comparison/curve_report.h"
#include "tasks/drawing.h"

namespace canvass {
namespace {

struct CompareArguments {
  SurveyArguments survey;
  SurveyArguments train;
  std::vector<std::string> predictions;
  RunComparisonOptions options;
  bool criteria = false;
  std::string curve;
  std::string theme = "light";
  std::optional<double> respondents;
  JsonOutput json;
};

void runCompare(const CompareArguments& arguments) {
  const Survey survey = arguments.survey.load();
  const std::optional<Survey> training = arguments.train.loadIfGiven();
  std::vector<NamedPredictions> runs = readNamedPredictions(arguments.predictions);
  const std::vector<std::string> names = shortNames(runs);
  for (std::size_t i = 0; i < runs.size(); ++i) runs[i].name = names[i];
  const RunComparison comparison =
      compareRuns(survey, runs, training ? &*training : nullptr, arguments.options);
  Json json = comparisonToJson(comparison);
  std::optional<SpecificationCurve> curve;
  if (arguments.criteria || !arguments.curve.empty()) {
    curve = specificationCurve(survey, runs, training ? &*training : nullptr, arguments.options,
                               arguments.respondents);
    json["specification_curve"] = curveJson(*curve);
  }
  arguments.json.write(json);
  if (!arguments.curve.empty()) {
    writePicture(curvePictureRequest(*curve, differencesInHeaders(comparison), arguments.theme),
                 arguments.curve);
  }
  if (arguments.json.toStandardOutput()) return;
  print(comparisonText(comparison, terminalStyle()));
  if (curve) print("\n" + curveText(*curve, terminalStyle()));
  if (!arguments.curve.empty()) say(fmt::format("\n{}: the curve of all runs", arguments.curve));
  if (!training) say("\nGive --train SURVEY to compare them with the baselines too.");
}

}  // namespace

void addCompare(CLI::App& app) {
  auto arguments = std::make_shared<CompareArguments>();
  CLI::App& verb =
      *app.add_subcommand("compare", "Rank predictions, and report which differences exceed noise");
  addSurveyOptions(verb, arguments->survey, "--survey", "survey with the observed answers", true);
  verb.add_option("--predictions", arguments->predictions, "predictions.jsonl of each run")
      ->type_name("FILE")
      ->required();
  addSurveyOptions(verb, arguments->train, "--train",
                   "survey with the items the models learned from; baselines that learn from it "
                   "are compared too",
                   false);
  verb.add_option("--metric", arguments->options.metric, "metric to rank by")
      ->type_name("NAME")
      ->capture_default_str();
  addNeighborsOption(verb, arguments->options.neighbors);
  addBootstrapOptions(verb, arguments->options.bootstrap, "questions and populations");
  verb.add_flag("--criteria", arguments->criteria,
                "also rank by other criteria: does the best by one lose by another?");
  verb.add_option("--curve", arguments->curve,
                  "draw all runs by all criteria, with how they were made, to .svg or .png")
      ->type_name("FILE")
      ->check(checkPictureFile);
  verb.add_option("--theme", arguments->theme, "color theme of the curve: light or dark")
      ->capture_default_str()
      ->check(CLI::IsMember({"light", "dark"}));
  verb.add_option("--n", arguments->respondents,
                  "respondents per item, for criteria that take out the survey's sampling error")
      ->check(number(1.0, 1e9));
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n  canvass compare --survey held-out.jsonl --train train.jsonl "
      "--predictions zero-shot.jsonl tuned.jsonl text.jsonl");
  verb.callback([arguments] { runCompare(*arguments); });
}

}  // namespace canvass
