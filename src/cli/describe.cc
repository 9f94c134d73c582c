#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/number_checks.h"
#include "cli/options.h"
#include "cli/verbs.h"
#include "report/survey/survey_summary.h"

namespace canvass {
namespace {

struct DescribeArguments {
  SurveyArguments survey;
  std::size_t examples = 5;
  JsonOutput json;
};

void runDescribe(const DescribeArguments& arguments) {
  const SurveySummary summary = summarize(arguments.survey.load());
  arguments.json.write(surveySummaryJson(summary, arguments.examples));
  if (!arguments.json.toStandardOutput()) {
    print(surveySummaryText(summary, terminalStyle(), arguments.examples));
  }
}

}  // namespace

void addDescribe(CLI::App& app) {
  auto arguments = std::make_shared<DescribeArguments>();
  CLI::App& verb =
      *app.add_subcommand("describe", "Summarize a survey and report what looks wrong in it");
  addSurveyOptions(verb, arguments->survey, "survey", "survey.jsonl or simllm JSON files", true);
  verb.add_option("--examples", arguments->examples, "number of examples to show of each problem")
      ->check(wholeNumber(0))
      ->capture_default_str();
  addJsonOption(verb, arguments->json);
  verb.footer("Example:\n  canvass describe survey.jsonl");
  verb.callback([arguments] { runDescribe(*arguments); });
}

}  // namespace canvass
