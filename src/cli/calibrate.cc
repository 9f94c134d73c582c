#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <set>

#include "base/error.h"
#include "cli/options.h"
#include "cli/verbs.h"
#include "recalibration/calibrator.h"
#include "recalibration/calibrator_file.h"

namespace canvass {
namespace {

struct Arguments {
  SurveyArguments survey;
  std::string predictions;
  std::string method;
  std::string calibrator;
  bool skipFitted = false;
  std::string output;
};

FitFigures figuresOf(const Survey& survey, const Predictions& predictions,
                     const std::vector<std::size_t>& items) {
  const Evaluation evaluation = evaluate(survey, predictions, {.only = items});
  const Calibration calibration = calibrationOf(survey, evaluation);
  return {evaluation.metrics, calibration.equalWidth.error, calibration.shares.error};
}

std::vector<std::size_t> indicesOf(const Survey& survey, const Calibrator& calibrator) {
  const SurveyIndex index(survey);
  std::vector<std::size_t> items;
  for (const auto& [question, population] : calibrator.items) {
    items.push_back(*index.item(*index.question(question), *index.population(population)));
  }
  return items;
}

std::string figureText(const MetricMean& mean) {
  if (mean.items == 0) return "-";
  return std::isinf(mean.mean) ? "infinite" : fmt::format("{:.3f}", mean.mean);
}

std::string fitTable(const FitFigures& before, const FitFigures& after) {
  std::string text = fmt::format("{:<28}{:>10}{:>10}\n", "", "before", "after");
  for (std::size_t m = 0; m < itemMetrics().size(); ++m) {
    text += fmt::format("{:<28}{:>10}{:>10}\n", itemMetrics()[m].title,
                        figureText(before.metrics.means[m]), figureText(after.metrics.means[m]));
  }
  const auto row = [](const char* title, double one, double other) {
    return fmt::format("{:<28}{:>10.3f}{:>10.3f}\n", title, one, other);
  };
  return text + row("Option shares off by", before.shareError, after.shareError) +
         row("Majority answer: ECE", before.calibrationError, after.calibrationError);
}

void fit(const Arguments& arguments) {
  const Survey survey = arguments.survey.load();
  const Predictions predictions = readPredictions(arguments.predictions);
  const CalibrationFit result =
      fitCalibrator(survey, predictions, parseCalibrationMethod(arguments.method));
  const auto items = indicesOf(survey, result.calibrator);
  const FitFigures before = figuresOf(survey, predictions, items);
  const FitFigures after = figuresOf(survey, recalibrated(result.calibrator, predictions), items);
  writeCalibrator(result.calibrator, before, after, arguments.output);
  print(fmt::format("{}: {}\n\n{}", arguments.output, describe(result.calibrator),
                    fitTable(before, after)));
  for (const Skipped& skipped : result.skipped) {
    std::fprintf(stderr, "not fitted to: question %s, population %s: %s\n",
                 skipped.question.c_str(), skipped.population.c_str(), skipped.reason.c_str());
  }
  print("\nThese items were fitted to: judge the calibrator on others.\n");
}

// Takes out the predictions of items that the calibrator was fitted to where the user asked, else
// warns of them.
void tellFitted(const Arguments& arguments, const Calibrator& calibrator,
                Predictions& predictions) {
  const std::set<std::pair<std::string, std::string>> fitted(calibrator.items.begin(),
                                                             calibrator.items.end());
  const auto wasFitted = [&](const Prediction& prediction) {
    return fitted.contains({prediction.question, prediction.population});
  };
  const auto count = std::ranges::count_if(predictions.predictions, wasFitted);
  if (count == 0) return;
  const std::size_t all = predictions.predictions.size();
  if (arguments.skipFitted) {
    std::erase_if(predictions.predictions, wasFitted);
    std::fprintf(stderr, "left out: %zu of %zu predictions, of items that were fitted to\n",
                 static_cast<std::size_t>(count), all);
    return;
  }
  std::fprintf(stderr,
               "warning: %zu of %zu predictions are of items that the calibrator was fitted to; "
               "their figures flatter it. --skip-fitted leaves them out\n",
               static_cast<std::size_t>(count), all);
}

void apply(const Arguments& arguments) {
  const Calibrator calibrator = readCalibrator(arguments.calibrator);
  Predictions predictions = readPredictions(arguments.predictions);
  tellFitted(arguments, calibrator, predictions);
  if (predictions.predictions.empty()) {
    throw Error("no prediction is left", arguments.predictions,
                "predict items that the calibrator was not fitted to");
  }
  const Predictions result = recalibrated(calibrator, predictions);
  writePredictions(result, arguments.output);
  print(fmt::format("{}: {}, {}\n", arguments.output,
                    counted(result.predictions.size(), "prediction"), result.calibration));
}

}  // namespace

void addCalibrate(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& verb = *app.add_subcommand(
      "calibrate", "Fit a recalibration of predicted shares to observed ones, or apply it");
  addSurveyOptions(verb, arguments->survey, "--survey",
                   "fit: what was observed, of items that are not to be evaluated", false);
  verb.add_option("--predictions", arguments->predictions, "predictions.jsonl")->required();
  CLI::Option* method =
      verb.add_option("--method", arguments->method, "fit: how")
          ->check(CLI::IsMember({"temperature", "temperature-by-length", "linear", "isotonic"}))
          ->needs("--survey");
  verb.add_option("--apply", arguments->calibrator, "apply: calibrator.json of an earlier fit")
      ->excludes(method)
      ->excludes("--survey");
  verb.add_flag("--skip-fitted", arguments->skipFitted,
                "apply: leave out predictions of items that were fitted to")
      ->needs("--apply");
  verb.add_option("-o,--output", arguments->output, "calibrator.json or predictions.jsonl to write")
      ->required();
  verb.footer(
      "Example:\n"
      "  canvass calibrate --survey valid.jsonl --predictions valid-predictions.jsonl \\\n"
      "      --method temperature -o calibrator.json\n"
      "  canvass calibrate --apply calibrator.json --predictions predictions.jsonl \\\n"
      "      -o calibrated.jsonl");
  verb.callback([arguments] {
    if (!arguments->calibrator.empty()) return apply(*arguments);
    if (arguments->method.empty()) {
      throw CLI::RequiredError("--method with --survey, or --apply");
    }
    fit(*arguments);
  });
}

}  // namespace canvass
