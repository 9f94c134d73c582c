#include "cli/split_options.h"

#include <CLI/CLI.hpp>
#include <vector>

#include "cli/number_checks.h"

namespace canvass {
namespace {

using Options = std::vector<CLI::Option*>;

// Those that draw at random.
Options addDrawOptions(CLI::App& verb, SplitPlan& plan) {
  return {
      verb.add_option("--hold-out-cells", plan.cellFraction,
                      "share of the remaining items to hold out, drawn at random")
          ->check(number(0.0, 1.0)),
      verb.add_option("--keep-populations", plan.keptPopulations,
                      "share of the training populations to keep, drawn at random; a smaller share "
                      "is a subset of a larger one")
          ->check(number(0.0, 1.0)),
      verb.add_option("--keep-questions", plan.keptQuestions,
                      "share of the training questions to keep, drawn in the same way")
          ->check(number(0.0, 1.0)),
  };
}

Options addHoldOutOptions(CLI::App& verb, SplitPlan& plan) {
  Options options = {
      addNamesOption(verb, "--hold-out-populations", plan.populations,
                     "whole populations to hold out, by id, name or attribute (country=Peru), "
                     "separated by commas; a name with a comma in double quotes"),
      addNamesOption(verb, "--hold-out-questions", plan.questions,
                     "whole questions to hold out, by id, separated by commas"),
      verb.add_option("--hold-out-topics", plan.topics,
                      "topic whose questions are all held out; may be given several times")
          ->expected(1)
          ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll),
  };
  const Options draws = addDrawOptions(verb, plan);
  options.insert(options.end(), draws.begin(), draws.end());
  options.push_back(
      verb.add_option_function<std::string>(
              "--shared-respondents",
              [&plan](const std::string& choice) {
                plan.sharing =
                    choice == "ignore" ? SharedRespondents::ignore : SharedRespondents::setAside;
              },
              "what becomes of items that ask respondents who are held out the same question: "
              "set-aside (subgroups are held out too, others are in no part) or ignore")
          ->check(CLI::IsMember({"set-aside", "ignore"}))
          ->default_str("set-aside"));
  options.push_back(verb.add_option("--seed", plan.seed, "random seed of the draws")
                        ->check(seedNumber())
                        ->capture_default_str());
  return options;
}

CLI::Option* addDesignOptions(CLI::App& verb, SplitTask& task) {
  CLI::Option* design =
      verb.add_option("--design", task.design,
                      "a published study design: naacl2025 (World Values Survey, wave 7)")
          ->check(CLI::IsMember({"naacl2025"}));
  verb.add_flag("--repair", task.repair,
                "put Nigeria and Morocco, which are in two of its country groups, into one (C2)")
      ->needs(design);
  return design;
}

CLI::Option* addTestSurveyOptions(CLI::App& verb, SplitArguments& arguments) {
  addSurveyOptions(verb, arguments.test, "--test-survey",
                   "train on the survey and test on this one, divided by what training has seen",
                   false);
  CLI::Option* test = verb.get_option("--test-survey");
  verb.add_option("--similarity", arguments.task.similarity,
                  "similarity from 0 to 1 at or above which two questions count as the same")
      ->check(number(0.0, 1.0))
      ->capture_default_str()
      ->needs(test);
  return test;
}

}  // namespace

void addSplitOptions(CLI::App& verb, SplitArguments& arguments) {
  const Options holdOut = addHoldOutOptions(verb, arguments.task.plan);
  CLI::Option* design = addDesignOptions(verb, arguments.task);
  CLI::Option* test = addTestSurveyOptions(verb, arguments);
  design->excludes(test);
  for (CLI::Option* option : holdOut) option->excludes(design)->excludes(test);
}

void requireSeedIsUsed(const CLI::App& verb) {
  const auto given = [&verb](const char* option) { return verb.get_option(option)->count() > 0; };
  if (!given("--seed") || given("--hold-out-cells") || given("--keep-populations") ||
      given("--keep-questions")) {
    return;
  }
  throw CLI::ValidationError("--seed", "does nothing if nothing is drawn at random");
}

}  // namespace canvass
