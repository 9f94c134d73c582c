#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "baselines/registry.h"
#include "predictions/prediction_fields.h"
#include "predictions/prediction_lines.h"
#include "report/comparison/comparison_report.h"
#include "report/evaluation/evaluation_json.h"
#include "report/json_parts.h"

namespace canvass {
namespace {

Json estimateJson(const char* key, const MeanEstimate& estimate) {
  Json json{{key, estimate.mean}};
  putInterval(json, estimate.interval);
  return json;
}

Json runJson(const RunComparison& comparison, std::size_t index, const std::string& letters) {
  const ComparedRun& run = comparison.runs[index];
  Json json{{"rank", index + 1}, {"name", run.name}, {"baseline", run.isBaseline}};
  putSource(run.source, json["source"]);
  json.update(estimateJson("figure", run.figure));
  json["may_be_best"] = run.maybeBest;
  json["letters"] = letters;
  const Json means = metricMeansToJson(run.metrics);
  json["metrics"] = means["metrics"];
  json["denominators"] = means["denominators"];
  json["predicted"] = run.items;
  json["lacking"] = run.lacking;
  json["strays"] = run.strays;
  json["skipped"] = skippedJson(run.skipped);
  return json;
}

Json pairJson(const RunComparison& comparison, const RunPair& pair) {
  Json json{{"first", comparison.runs[pair.first].name},
            {"second", comparison.runs[pair.second].name}};
  json.update(estimateJson("difference", pair.difference));
  putInterval(json["simultaneous"], pair.simultaneous);
  json["p"] = numberJson(pair.p);
  json["adjusted_p"] = numberJson(pair.adjustedP);
  json["told_apart"] = pair.isDistinguishable();
  json["other_top"] = estimateJson("share", pair.otherTop);
  json["total_variation"] = estimateJson("mean", pair.totalVariation);
  return json;
}

Json groupsJson(const RunComparison& comparison) {
  Json groups = Json::array();
  for (const auto& group : comparison.groups) {
    Json& names = groups.emplace_back(Json::array());
    for (const std::size_t index : group) names.push_back(comparison.runs[index].name);
  }
  return groups;
}

}  // namespace

std::vector<std::string> lettersOf(const RunComparison& comparison) {
  std::vector<std::string> letters(comparison.runs.size());
  for (std::size_t g = 0; g < comparison.groups.size(); ++g) {
    const std::string letter =
        g < 26 ? std::string(1, static_cast<char>('a' + g)) : fmt::format("[{}]", g + 1);
    for (const std::size_t index : comparison.groups[g]) letters[index] += letter;
  }
  return letters;
}

// "logarithmic pool of model.jsonl (0.40) and baseline:best_linear (0.62)"
std::string pooledText(const PooledSource& pooled) {
  std::vector<std::string> inputs;
  for (const auto& input : pooled.inputs) {
    inputs.push_back(fmt::format("{} ({:.2f})", currentSourceName(input.name), input.weight));
  }
  return fmt::format("{} pool of {}", pooled.pool, fmt::join(inputs, " and "));
}

MadeWith differencesInHeaders(const RunComparison& comparison) {
  MadeWith values;
  for (const ComparedRun& run : comparison.runs) {
    if (run.isBaseline) continue;
    Json source;
    putSource(run.source, source);
    if (run.source.pooled) source["combination"] = pooledText(*run.source.pooled);
    for (const Field<PredictionSource>& field : sourceFields()) {
      values[field.key][source.value(field.key, "none")].push_back(run.name);
    }
  }
  std::erase_if(values, [](const auto& key) { return key.second.size() < 2; });
  return values;
}

Json comparisonToJson(const RunComparison& comparison) {
  const ItemMetric& metric = itemMetrics()[comparison.metric];
  Json json{
      {"metric", metric.name},
      {"better", metric.better == Better::higher ? "higher" : "lower"},
      {"items", comparison.items},
      {"scored", comparison.scored},
      {"runs", Json::array()},
      {"pairs", Json::array()},
      {"groups", groupsJson(comparison)},
      {"optimism", numberJson(comparison.optimism)},
      {"absent", Json::array()},
      {"made_with", differencesInHeaders(comparison)},
      {"resamples", comparison.bootstrap.resamples},
      {"seed", comparison.bootstrap.seed},
      {"resampled", {{"questions", comparison.questions}, {"populations", comparison.populations}}},
      {"method",
       "intervals: 95%, pigeonhole bootstrap; simultaneous: studentized max-t over all pairs; "
       "adjusted_p: stepdown max-t; may_be_best: multiple comparisons with the best"}};
  const std::vector<std::string> letters = lettersOf(comparison);
  for (std::size_t i = 0; i < comparison.runs.size(); ++i) {
    json["runs"].push_back(runJson(comparison, i, letters[i]));
  }
  for (const RunPair& pair : comparison.pairs) json["pairs"].push_back(pairJson(comparison, pair));
  for (const AbsentRun& one : comparison.absent) {
    json["absent"].push_back({{"name", one.name}, {"reason", one.reason}});
  }
  return json;
}

}  // namespace canvass
