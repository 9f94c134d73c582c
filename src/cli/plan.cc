#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/messages.h"
#include "cli/number_checks.h"
#include "cli/options.h"
#include "cli/verbs.h"
#include "report/estimation/plan_report.h"
#include "report/terminal/terminal.h"

namespace canvass {
namespace {

struct PlanArguments {
  SurveyArguments survey;
  std::string predictions;
  InterviewCosts costs;
  JsonOutput json;
};

void runPlan(const PlanArguments& arguments) {
  const InterviewPlans plans = planInterviews(
      arguments.survey.load(), readPredictions(arguments.predictions), arguments.costs);
  arguments.json.write(interviewPlansToJson(plans, arguments.costs));
  if (arguments.json.toStandardOutput()) return;
  print(interviewPlansText(plans, arguments.costs, terminalStyle()));
}

}  // namespace

void addPlan(CLI::App& app) {
  auto arguments = std::make_shared<PlanArguments>();
  CLI::App& verb = *app.add_subcommand(
      "plan", "Divide a budget of interviews of a new question, beside predictions of it");
  addSurveyOptions(verb, arguments->survey, "--survey",
                   "survey with observed answers, which the predictor did not learn from", true);
  verb.add_option("--predictions", arguments->predictions,
                  "predictions.jsonl of its items, to learn what predictions are worth")
      ->type_name("FILE")
      ->required();
  verb.add_option("--budget", arguments->costs.budget, "what there is to spend, in interviews")
      ->type_name("N")
      ->required()
      ->check(number(1.0, 1e9));
  verb.add_option("--cost-per-population", arguments->costs.perPopulation,
                  "what entering a population costs, in interviews")
      ->type_name("N")
      ->check(number(0.0, 1e9))
      ->capture_default_str();
  verb.add_option("--populations", arguments->costs.populations,
                  "number of populations to be estimated (default: those of the survey)")
      ->type_name("N")
      ->check(wholeNumber(2, 100'000));
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n"
      "  canvass plan --survey valid.jsonl --predictions predictions.jsonl --budget 1000 \\\n"
      "      --cost-per-population 10");
  verb.callback([arguments] { runPlan(*arguments); });
}

}  // namespace canvass
