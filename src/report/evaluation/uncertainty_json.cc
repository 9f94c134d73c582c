#include "report/evaluation/uncertainty_json.h"

#include <nlohmann/json.hpp>

#include "report/json_parts.h"

namespace canvass {
namespace {

std::string nameOf(std::size_t metric) { return std::string(itemMetrics()[metric].name); }

Json intervalsToJson(const Intervals& intervals) {
  Json result = Json::object();
  for (std::size_t m = 0; m < intervals.size(); ++m) {
    result[nameOf(m)] = intervalJson(intervals[m]);
  }
  return result;
}

Json differenceToJson(const std::optional<PairedDifference>& difference) {
  if (!difference) return nullptr;
  Json result{{"difference", difference->difference}};
  putInterval(result, difference->interval);
  result["items"] = difference->items;
  return result;
}

Json differencesToJson(const std::vector<Differences>& all) {
  Json result = Json::object();
  for (const Differences& differences : all) {
    Json& one = result[differences.from];
    for (std::size_t m = 0; m < differences.metrics.size(); ++m) {
      one[nameOf(m)] = differenceToJson(differences.metrics[m]);
    }
  }
  return result;
}

void addToGroups(Json& json, const std::vector<Group>& groups,
                 const std::vector<Intervals>& intervals) {
  for (std::size_t g = 0; g < groups.size(); ++g) {
    json[groups[g].key]["intervals"] = intervalsToJson(intervals[g]);
  }
}

// Null outside the sizes that were tried.
Json sizeToJson(const EquivalentSampleSize& size) {
  return size.kind == EquivalentSampleSize::Kind::found ? Json(size.respondents) : Json();
}

void addToSizes(Json& json, const std::vector<std::optional<SizeInterval>>& intervals) {
  for (std::size_t m = 0; m < intervals.size(); ++m) {
    if (!intervals[m]) continue;
    json[nameOf(m)]["low"] = sizeToJson(intervals[m]->low);
    json[nameOf(m)]["high"] = sizeToJson(intervals[m]->high);
  }
}

}  // namespace

void addUncertainty(Json& json, const ComparedEvaluation& compared,
                    const Uncertainty& uncertainty) {
  json["intervals"] = intervalsToJson(uncertainty.metrics);
  json["resamples"] = uncertainty.bootstrap.resamples;
  json["seed"] = uncertainty.bootstrap.seed;
  json["method"] =
      "95%, pigeonhole bootstrap over questions and populations, spread scaled to the two-way "
      "clustered variance with Student's t";
  json["resampled"] = {{"questions", uncertainty.questions},
                       {"populations", uncertainty.populations}};
  addToGroups(json["by_topic"], compared.evaluation.byTopic, uncertainty.byTopic);
  addToGroups(json["by_population"], compared.evaluation.byPopulation, uncertainty.byPopulation);
  json["differences"] = {{"baselines", differencesToJson(uncertainty.fromBaselines)},
                         {"predictions", differencesToJson(uncertainty.fromRuns)}};
  if (!uncertainty.achieved.empty()) {
    json["achieved_share_intervals"] = intervalsToJson(uncertainty.achieved);
  }
  if (!uncertainty.equivalents.empty()) {
    addToSizes(json["equivalent_sample_size"], uncertainty.equivalents);
  }
}

Json samplingErrorToJson(const SamplingError& error) {
  Json result{
      {"items", error.items}, {"standard_errors", Json::object()}, {"bias", Json::object()}};
  for (std::size_t m = 0; m < error.effects.size(); ++m) {
    const auto& effect = error.effects[m];
    result["standard_errors"][nameOf(m)] = effect ? Json(effect->standardError) : Json();
    result["bias"][nameOf(m)] = effect ? Json(effect->bias) : Json();
  }
  return result;
}

}  // namespace canvass
