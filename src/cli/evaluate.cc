#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "cli/options.h"
#include "cli/verbs.h"
#include "evaluation/compared_evaluation.h"
#include "evaluation/reliability.h"
#include "evaluation/sampling_error.h"
#include "evaluation/uncertainty.h"
#include "report/evaluation/calibration_json.h"
#include "report/evaluation/evaluation_json.h"
#include "report/evaluation/uncertainty_json.h"
#include "report/terminal/terminal.h"

namespace canvass {
namespace {

struct Arguments {
  SurveyArguments survey;
  SurveyArguments train;
  std::vector<std::string> predictions;
  BaselineOptions baselines;
  NoiseCeilingOptions ceiling;
  BootstrapOptions bootstrap;
  std::size_t bins = 10;
  std::size_t examples = 3;
  std::vector<std::string> by;
  std::string metric = "js_similarity";
  JsonOutput json;
};

// What is computed of every file.
struct Results {
  std::vector<ComparedEvaluation> runs;
  std::vector<Uncertainty> uncertainties;
  std::vector<std::optional<SamplingError>> samplingErrors;
  std::vector<Calibration> calibrations;
};

std::string titleOf(const std::string& file) { return std::filesystem::path(file).stem().string(); }

// Every file a column of one table, then the baselines over the items of the first.
std::vector<TableColumn> tableOf(const Arguments& arguments, const Results& results) {
  const std::vector<ComparedEvaluation>& all = results.runs;
  std::vector<TableColumn> columns;
  for (std::size_t i = 0; i < all.size(); ++i) {
    columns.push_back({titleOf(arguments.predictions[i]), &all[i].evaluation});
  }
  const auto first = columnsOf(all.front());
  columns.insert(columns.end(), first.begin() + 1, first.end());
  markNoise(columns, results.uncertainties.front());
  return columns;
}

void show(const Arguments& arguments, const Survey& survey, const Results& results) {
  const std::vector<ComparedEvaluation>& all = results.runs;
  const TerminalStyle style = terminalStyle();
  const std::vector<TableColumn> columns = tableOf(arguments, results);
  print(headlineTable(columns, style));
  for (const std::string& by : arguments.by) {
    const bool topics = by == "topic";
    print("\n" + groupTable(columns, topics ? Grouping::topic : Grouping::population,
                            arguments.metric, style));
  }
  print("\n");
  for (std::size_t i = 0; i < all.size(); ++i) {
    print(sampleComparison(titleOf(arguments.predictions[i]), all[i], arguments.metric, style,
                           &results.uncertainties[i]));
    print(calibrationSummary(titleOf(arguments.predictions[i]), results.calibrations[i], style));
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Evaluation& evaluation = all[i].evaluation;
    if (all.size() > 1) print("\n" + titleOf(arguments.predictions[i]) + "\n");
    print(skippedSummary(evaluation.skipped, 3, style));
    if (arguments.examples > 0) {
      print("\n" + bestAndWorstItems(survey, evaluation, arguments.examples, style));
    }
  }
}

Json jsonOf(const Survey& survey, const Results& results, std::size_t run) {
  Json json = evaluationToJson(results.runs[run]);
  addUncertainty(json, results.runs[run], results.uncertainties[run]);
  json["calibration"] = calibrationToJson(survey, results.calibrations[run]);
  if (results.samplingErrors[run]) {
    json["sampling_error"] = samplingErrorToJson(*results.samplingErrors[run]);
  }
  return json;
}

// One file's object, or a list of them in the order given.
Json jsonOf(const Survey& survey, const Results& results) {
  if (results.runs.size() == 1) return jsonOf(survey, results, 0);
  Json list = Json::array();
  for (std::size_t i = 0; i < results.runs.size(); ++i) list.push_back(jsonOf(survey, results, i));
  return list;
}

// What real samples reach, once for all predictors of the same items.
class SampleReach {
 public:
  SampleReach(const Survey& survey, const Arguments& arguments)
      : survey_(survey), arguments_(arguments) {}

  // For the metric that is shown, or for all of them where the results are kept.
  void compare(ComparedEvaluation& compared, Uncertainty& uncertainty) {
    const std::size_t metrics = itemMetrics().size();
    compared.equivalents.resize(metrics);
    uncertainty.equivalents.resize(metrics);
    const bool all = arguments_.json.option->count() > 0;
    const std::size_t shown = metricIndex(arguments_.metric);
    for (std::size_t m = 0; m < metrics; ++m) {
      if (!all && m != shown) continue;
      SampleCurve& curve = curveOf(compared.evaluation, m);
      const double figure = compared.evaluation.metrics.means[m].mean;
      compared.equivalents[m] = curve.sizeScoring(figure);
      uncertainty.equivalents[m] = equivalentSizeInterval(
          survey_, compared.evaluation, m, curve, *compared.equivalents[m], arguments_.bootstrap);
    }
  }

  std::optional<NoiseCeiling> ceilingOf(const Evaluation& evaluation) {
    const auto [place, isNew] = ceilings_.try_emplace(itemsOf(evaluation));
    if (isNew) {
      place->second = noiseCeiling(survey_, evaluation, arguments_.ceiling);
      return place->second;
    }
    if (!place->second) return std::nullopt;
    return ceilingFor(*place->second, survey_, evaluation);
  }

 private:
  using Items = std::vector<std::size_t>;

  SampleCurve& curveOf(const Evaluation& evaluation, std::size_t metric) {
    const Items items = itemsOf(evaluation);
    return curves_.try_emplace({items, metric}, survey_, items, metric).first->second;
  }

  const Survey& survey_;
  const Arguments& arguments_;
  std::map<Items, std::optional<NoiseCeiling>> ceilings_;
  std::map<std::pair<Items, std::size_t>, SampleCurve> curves_;
};

Results resultsOf(const Arguments& arguments, const Survey& survey, const Survey* training) {
  Results results;
  SampleReach reach(survey, arguments);
  requireDistinctFiles({arguments.predictions.begin(), arguments.predictions.end()});
  for (const std::string& file : arguments.predictions) {
    ComparedEvaluation& run = results.runs.emplace_back(
        evaluateWithBaselines(survey, readPredictions(file), training, arguments.baselines));
    run.name = file;
    if (run.evaluation.items.empty()) {
      throw Error("no item has both an observed and a predicted distribution", file,
                  "give the survey that these predictions are of");
    }
    run.ceiling = reach.ceilingOf(run.evaluation);
    results.calibrations.push_back(calibrationOf(survey, run.evaluation, arguments.bins));
    results.samplingErrors.push_back(
        samplingError(survey, run.evaluation, {.respondents = arguments.ceiling.respondents}));
  }
  results.uncertainties = uncertaintyOf(survey, results.runs, arguments.bootstrap);
  for (std::size_t i = 0; i < results.runs.size(); ++i) {
    reach.compare(results.runs[i], results.uncertainties[i]);
  }
  return results;
}

void run(const Arguments& arguments) {
  const Survey survey = arguments.survey.load();
  const bool hasTraining = !arguments.train.files.empty();
  const Survey training = hasTraining ? arguments.train.load() : Survey();
  const Results results = resultsOf(arguments, survey, hasTraining ? &training : nullptr);
  arguments.json.write(jsonOf(survey, results));
  if (arguments.json.toStandardOutput()) return;
  show(arguments, survey, results);
  if (!hasTraining) {
    print("\nGive --train SURVEY to see the baselines that learn from the training items.\n");
  }
  if (!results.runs.front().ceiling) {
    print("\nThe survey does not say how many answered. Give --n N to see the noise ceiling.\n");
  }
}

}  // namespace

void addEvaluate(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& verb =
      *app.add_subcommand("evaluate", "Measure predictions against what people answered");
  addSurveyOptions(verb, arguments->survey, "--survey", "what was observed", true);
  verb.add_option("--predictions", arguments->predictions, "predictions.jsonl, one or several")
      ->required();
  addSurveyOptions(verb, arguments->train, "--train",
                   "the items the model learned from: what baselines may learn from too", false);
  addNeighboursOption(verb, arguments->baselines);
  verb.add_option(
          "--n", arguments->ceiling.respondents,
          "respondents an item, for the noise ceiling of items that have neither n_eff nor n")
      ->check(CLI::Range(1.0, 1e9));
  addBootstrapOptions(verb, arguments->bootstrap, "questions and populations");
  verb.add_option("--bins", arguments->bins, "bins of the reliability curves")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000));
  verb.add_option("--by", arguments->by,
                  "also show one metric by topic, by population or (topic,population) both")
      ->delimiter(',')
      ->check(CLI::IsMember({"topic", "population"}));
  verb.add_option("--metric", arguments->metric,
                  "the one that --by and the comparison with real samples show")
      ->capture_default_str();
  verb.add_option("--examples", arguments->examples, "best and worst items to list")
      ->capture_default_str();
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n  canvass evaluate --survey held-out.jsonl --train train.jsonl "
      "--predictions predictions.jsonl --json");
  verb.callback([arguments] { run(*arguments); });
}

}  // namespace canvass
