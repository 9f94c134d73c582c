#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/list_text.h"
#include "cli/messages.h"
#include "cli/number_checks.h"
#include "cli/options.h"
#include "cli/verbs.h"
#include "report/intervals/interval_report.h"
#include "report/json_parts.h"
#include "report/terminal/terminal.h"
#include "tasks/interval_task.h"

namespace canvass {
namespace {

struct IntervalArguments {
  SurveyArguments survey;
  std::string predictions;
  std::string newBy = "cell";
  IntervalTask task;
  std::string output;
  JsonOutput json;
};

NewBy newByOf(const std::string& name) {
  if (name == "question") return NewBy::question;
  return name == "population" ? NewBy::population : NewBy::cell;
}

Json resultJson(const PredictedIntervals& result) {
  const IntervalSource& source = *result.predictions.intervals;
  return {{"predictions", result.predictions.predictions.size()},
          {"level", source.level},
          {"new", source.newBy},
          {"quantile", result.quantile},
          {"mean_width", result.meanWidth},
          {"respondents_as_good_as", result.respondentsAsGoodAs},
          {"trusted_respondents", numberJson(result.trustedRespondents)},
          {"check", result.check ? coverageJson(*result.check) : Json()},
          {"skipped", skippedJson(result.skipped)}};
}

std::string learnedFrom(const IntervalSource& source) {
  const std::string items = counted(source.items, "observed item");
  if (source.newBy == "cell") return items;
  return fmt::format("{} of {}", items, counted(source.groups, source.newBy));
}

std::string sentence(const PredictedIntervals& result) {
  const IntervalSource& source = *result.predictions.intervals;
  return fmt::format(
      "All shares of an item are within their intervals for {:g}% of new {}s, as {} show; mean "
      "width {:.1f} percentage points. The median prediction is as good as asking {} drawn at "
      "random.",
      100.0 * source.level, source.newBy, learnedFrom(source), 100.0 * result.meanWidth,
      counted(static_cast<std::size_t>(result.respondentsAsGoodAs + 0.5), "respondent"));
}

void sayCheck(const PredictedIntervals& result) {
  const IntervalSource& source = *result.predictions.intervals;
  if (!result.check) {
    return say(
        fmt::format("There are too few {}s to check intervals by leaving some out.", source.newBy));
  }
  say(
      fmt::format("Intervals of the {}, each learned from the other {}s (ten-fold "
                  "cross-validation):",
                  learnedFrom(source), source.newBy));
  print("\n" + coverageText(*result.check, terminalStyle()));
}

// How far a prediction may be used as if people had been asked.
void sayTrustedSize(const PredictedIntervals& result) {
  if (!result.trustedRespondents) return;
  const IntervalSource& source = *result.predictions.intervals;
  const auto size = static_cast<std::size_t>(*result.trustedRespondents);
  if (size == 0) {
    return say(
        fmt::format("\nNot even taken as the shares of a single respondent would the usual "
                    "intervals hold for {:g}% of new {}s.",
                    100.0 * source.level, source.newBy));
  }
  say(fmt::format(
      "\nTaken as the shares of up to {}, predictions have usual intervals that hold for "
      "{:g}% of new {}s; taken as those of more, they claim too much.",
      counted(size, "respondent"), 100.0 * source.level, source.newBy));
}

void runInterval(IntervalArguments& arguments) {
  arguments.task.survey = arguments.survey.load();
  arguments.task.predictions = readPredictions(arguments.predictions);
  arguments.task.plan.newBy = newByOf(arguments.newBy);
  const PredictedIntervals result = predictIntervals(arguments.task);
  const std::size_t count = result.predictions.predictions.size();
  if (!arguments.output.empty()) {
    if (count == 0) {
      throw Error("every predicted item was observed: there is no other to give intervals to", {},
                  "give predictions of new items, too, or leave -o out to see the check alone");
    }
    writePredictions(result.predictions, arguments.output);
  }
  arguments.json.write(resultJson(result));
  if (arguments.json.toStandardOutput()) return;
  sayCheck(result);
  sayTrustedSize(result);
  if (arguments.output.empty()) return;
  say("\n" + sentence(result));
  say(fmt::format("{} with intervals written to {}", counted(count, "prediction"),
                  arguments.output));
}

}  // namespace

void addInterval(CLI::App& app) {
  auto arguments = std::make_shared<IntervalArguments>();
  CLI::App& verb = *app.add_subcommand(
      "interval", "Give each predicted share an interval that holds as often as it says");
  addSurveyOptions(
      verb, arguments->survey, "--survey",
      "survey with observed answers of some of the predicted items, which intervals are "
      "learned from",
      true);
  verb.add_option("--predictions", arguments->predictions,
                  "predictions.jsonl of one predictor, for these items and for new ones")
      ->type_name("FILE")
      ->required();
  verb.add_option("--new", arguments->newBy,
                  "what is new in the items that are to come: a cell, of a known question and "
                  "population; a question; or a population")
      ->check(CLI::IsMember({"cell", "question", "population"}))
      ->capture_default_str();
  verb.add_option("--level", arguments->task.plan.level,
                  "how often all shares of an item are to be within their intervals")
      ->check(number(0.5, 0.999))
      ->capture_default_str();
  verb.add_option("--respondents", arguments->task.plan.respondents,
                  "intervals for the shares of a sample of so many; for the shares of everyone "
                  "without it")
      ->type_name("N")
      ->check(wholeNumber(1, 1'000'000'000));
  verb.add_option("--seed", arguments->task.seed, "random seed of the folds of the check")
      ->check(seedNumber())
      ->capture_default_str();
  verb.add_option("-o,--output", arguments->output,
                  "predictions.jsonl to write, of the items that were not observed, with intervals")
      ->type_name("FILE");
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n"
      "  canvass interval --survey valid.jsonl --predictions predictions.jsonl --new question \\\n"
      "      -o with-intervals.jsonl");
  verb.callback([arguments] { runInterval(*arguments); });
}

}  // namespace canvass
