#include "report/evaluation/evaluation_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "report/evaluation/calibration_json.h"
#include "report/evaluation/diagnostics_report.h"
#include "report/evaluation/uncertainty_json.h"
#include "report/intervals/interval_report.h"
#include "report/json_parts.h"

namespace canvass {
namespace {

Json finiteOrNull(const MetricMean& mean) {
  if (mean.items == 0 || std::isinf(mean.mean)) return nullptr;
  return mean.mean;
}

Json groupsToJson(const std::vector<Group>& groups, bool named) {
  Json result = Json::object();
  for (const Group& group : groups) {
    Json entry = Json::object();
    if (named) entry["name"] = group.name;
    const auto country = group.attributes.find("country");
    if (country != group.attributes.end()) entry["country"] = country->second;
    if (!group.attributes.empty()) entry["attributes"] = group.attributes;
    entry.update(metricMeansToJson(group.metrics));
    result[group.key] = std::move(entry);
  }
  return result;
}

Json baselinesToJson(const std::vector<BaselineEvaluation>& baselines) {
  Json result = Json::object();
  for (const BaselineEvaluation& baseline : baselines) {
    Json entry{{"title", baseline.baseline->title}};
    entry.update(metricMeansToJson(baseline.evaluation.metrics));
    entry["skipped"] = skippedJson(baseline.evaluation.skipped);
    result[std::string(baseline.baseline->id)] = std::move(entry);
  }
  return result;
}

Json sampleSizesToJson(const SampleSizeSources& sources) {
  return {{"n_eff", sources.effective}, {"n", sources.respondents}, {"assumed", sources.assumed}};
}

Json ceilingToJson(const NoiseCeiling& ceiling) {
  Json result = metricMeansToJson(ceiling.ceiling.metrics);
  for (std::size_t m = 0; m < itemMetrics().size(); ++m) {
    const bool known = !result["metrics"][itemMetrics()[m].name].is_null();
    result["standard_errors"][std::string(itemMetrics()[m].name)] =
        known ? Json(ceiling.standardErrors[m]) : Json();
  }
  result["sample_sizes"] = sampleSizesToJson(ceiling.sources);
  result["skipped"] = skippedJson(ceiling.ceiling.skipped);
  return result;
}

Json achievedToJson(const std::vector<std::optional<double>>& achieved) {
  Json result = Json::object();
  for (std::size_t m = 0; m < itemMetrics().size(); ++m) {
    result[std::string(itemMetrics()[m].name)] = numberJson(achieved[m]);
  }
  return result;
}

// "n" is null if there is none, and the next key says why.
Json equivalentToJson(const EquivalentSampleSize& size) {
  using Kind = EquivalentSampleSize::Kind;
  Json result{{"n", nullptr}};
  if (size.kind == Kind::found) result["n"] = size.respondents;
  if (size.kind == Kind::fewer) result["below"] = size.respondents;
  if (size.kind == Kind::more) result["above"] = size.respondents;
  if (size.kind == Kind::undefined) result["reason"] = size.reason;
  result["items"] = size.items;
  return result;
}

Json equivalentsToJson(const std::vector<std::optional<EquivalentSampleSize>>& sizes) {
  Json result = Json::object();
  for (std::size_t m = 0; m < sizes.size(); ++m) {
    if (sizes[m]) result[std::string(itemMetrics()[m].name)] = equivalentToJson(*sizes[m]);
  }
  return result;
}

}  // namespace

Json metricMeansToJson(const MetricMeans& metrics) {
  Json result{
      {"items", metrics.items}, {"metrics", Json::object()}, {"denominators", Json::object()}};
  for (std::size_t m = 0; m < itemMetrics().size(); ++m) {
    const std::string name(itemMetrics()[m].name);
    const MetricMean& mean = metrics.means[m];
    result["metrics"][name] = finiteOrNull(mean);
    result["denominators"][name] = mean.items;
    if (mean.infinite > 0) result["infinite"][name] = mean.infinite;
  }
  return result;
}

Json evaluationToJson(const ComparedEvaluation& compared) {
  const Evaluation& evaluation = compared.evaluation;
  Json result{{"name", compared.name}, {"model", evaluation.model}};
  result.update(metricMeansToJson(evaluation.metrics));
  result["skipped"] = skippedJson(evaluation.skipped);
  result["by_topic"] = groupsToJson(evaluation.byTopic, false);
  result["by_population"] = groupsToJson(evaluation.byPopulation, true);
  result["baselines"] = baselinesToJson(compared.baselines);
  if (compared.ceiling) {
    result["ceiling"] = ceilingToJson(*compared.ceiling);
    result["achieved_share"] = achievedToJson(compared.ceiling->achieved);
  }
  if (!compared.equivalents.empty()) {
    result["equivalent_sample_size"] = equivalentsToJson(compared.equivalents);
  }
  return result;
}

Json runEvaluationToJson(const Survey& observed, const RunEvaluation& run) {
  Json json = evaluationToJson(run);
  addUncertainty(json, run, run.uncertainty);
  json["calibration"] = calibrationToJson(observed, run.calibration);
  if (run.samplingError) json["sampling_error"] = samplingErrorToJson(*run.samplingError);
  json["diagnostics"] = diagnosticsJson(run.diagnostics);
  if (run.intervals) json["interval_coverage"] = coverageJson(*run.intervals);
  return json;
}

Json runEvaluationsToJson(const Survey& observed, const std::vector<RunEvaluation>& runs) {
  if (runs.size() == 1) return runEvaluationToJson(observed, runs.front());
  Json list = Json::array();
  for (const RunEvaluation& run : runs) list.push_back(runEvaluationToJson(observed, run));
  return list;
}

}  // namespace canvass
