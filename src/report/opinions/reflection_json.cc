#include "report/opinions/reflection_json.h"

#include <nlohmann/json.hpp>

#include "report/json_parts.h"

namespace canvass {
namespace {

Json withInterval(const char* name, double value, const std::optional<Interval>& interval) {
  Json json{{name, numberJson(value)}};
  putInterval(json, interval);
  return json;
}

Json meanJson(const QuestionMean& mean) {
  Json json = withInterval("mean", mean.mean, mean.interval);
  json["questions"] = mean.questions;
  return json;
}

Json ratioJson(const std::optional<QuestionRatio>& ratio) {
  return ratio ? withInterval("value", ratio->value, ratio->interval) : Json(nullptr);
}

Json similarityJson(const Survey& survey, const Reflection& reflection) {
  Json rows = Json::array();
  for (const PopulationSimilarity& one : reflection.similar) {
    const Population& population = survey.populations[one.population];
    rows.push_back({{"population", population.id},
                    {"name", population.name},
                    {"similarity", meanJson(one.similarity)},
                    {"mean_of_others", meanJson(one.othersMean)},
                    {"difference", meanJson(one.difference)},
                    {"uniform", meanJson(one.uniform)}});
  }
  return rows;
}

Json representedJson(const Survey& survey, const Reflection& reflection,
                     const PopulationRepresentation& one) {
  const Population& population = survey.populations[one.population];
  Json json = {{"population", population.id},
               {"name", population.name},
               {"representativeness", meanJson(one.representativeness)}};
  if (one.steerability.questions == 0) return json;
  json["unsteered"] = meanJson(one.unsteered);
  for (std::size_t run = 0; run < one.byRun.size(); ++run) {
    json["runs"].push_back(
        {{"run", reflection.steered[run].name}, {"mean", numberJson(one.byRun[run])}});
  }
  json["steerability"] = meanJson(one.steerability);
  json["gain"] = meanJson(one.gain);
  return json;
}

Json representationJson(const Survey& survey, const Reflection& reflection) {
  const Representation& representation = reflection.representation;
  Json json = {{"nominal_questions_left_out", representation.nominalQuestions},
               {"whole", meanJson(representation.whole)},
               {"populations", Json::array()}};
  for (const PopulationRepresentation& one : representation.populations) {
    json["populations"].push_back(representedJson(survey, reflection, one));
  }
  return json;
}

Json consistencyJson(const Survey& survey, const Consistency& one) {
  Json json = {{"kind", one.kind},
               {"populations", one.populations},
               {"best", survey.populations[one.best].id},
               {"share", one.share},
               {"topics", Json::array()}};
  for (const Consistency::Topic& topic : one.topics) {
    json["topics"].push_back({{"topic", topic.topic},
                              {"best", survey.populations[topic.best].id},
                              {"representativeness", topic.representativeness}});
  }
  return json;
}

Json sensitivityJson(const Sensitivity& one) {
  return {{"questions", one.questions},
          {"items", one.items},
          {"items_with_sample_size", one.sizedItems},
          {"predicted_variance", one.predictedVariance},
          {"observed_variance", one.observedVariance},
          {"variance_ratio", ratioJson(one.ratio)},
          {"correlation", ratioJson(one.correlation)},
          {"correlation_ceiling",
           one.correlationCeiling ? Json(*one.correlationCeiling) : Json(nullptr)}};
}

Json groupSensitivityJson(const GroupSensitivity& run) {
  Json json = {{"run", run.run}};
  json.update(sensitivityJson(run.overall));
  json["by_topic"] = Json::array();
  for (const TopicSensitivity& topic : run.byTopic) {
    Json row = {{"topic", topic.topic}};
    row.update(sensitivityJson(topic.sensitivity));
    json["by_topic"].push_back(row);
  }
  return json;
}

Json pointJson(const MapPoint& point) {
  Json json = {{"self_expression", point.selfExpression},
               {"secular", point.secular},
               {"complete", point.complete},
               {"indicators", Json::array()}};
  for (const double one : point.indicators) json["indicators"].push_back(numberJson(one));
  return json;
}

Json pointJson(const Survey& survey, const MapPoint& point) {
  const Population& population = survey.populations[point.population];
  Json json = {{"population", population.id}, {"name", population.name}};
  json.update(pointJson(point));
  return json;
}

Json pointsJson(const Survey& survey, const std::vector<MapPoint>& points) {
  Json rows = Json::array();
  for (const MapPoint& point : points) rows.push_back(pointJson(survey, point));
  return rows;
}

Json skippedJson(const Reflection& reflection) {
  Json json = {{"default", skippedJson(reflection.answers.skipped)}, {"steered", Json::array()}};
  for (const SteeredAnswers& run : reflection.steered) {
    json["steered"].push_back({{"run", run.name}, {"skipped", skippedJson(run.skipped)}});
  }
  return json;
}

}  // namespace

Json culturalMapJson(const Survey& survey, const CulturalMap& map) {
  Json json = {{"indicators", Json::array()}, {"missing", Json::array()}};
  for (const MapIndicator& one : map.indicators) {
    const ValueIndicator& indicator = valueIndicators()[one.indicator];
    json["indicators"].push_back(
        {{"name", indicator.name},
         {"code", indicator.code},
         {"dimension", dimensionName(indicator.dimension)},
         {"loadings", {{"self_expression", one.onSelfExpression}, {"secular", one.onSecular}}}});
  }
  for (const CulturalMap::Missing& one : map.missing) {
    const ValueIndicator& indicator = valueIndicators()[one.indicator];
    json["missing"].push_back(
        {{"name", indicator.name}, {"code", indicator.code}, {"reason", one.reason}});
  }
  json["populations"] = pointsJson(survey, map.people);
  json["left_out"] = Json::array();
  for (const std::size_t p : map.leftOut) json["left_out"].push_back(survey.populations[p].id);
  json["model"] = map.unsteered ? pointJson(*map.unsteered) : Json(nullptr);
  json["model_missing"] = map.unsteeredMissing;
  json["steered"] = Json::array();
  for (const CulturalMap::Steered& run : map.steered) {
    const auto distance = meanDistanceFromPeople(map, run);
    const auto unsteered = unsteeredDistanceFromPeople(map, run);
    json["steered"].push_back(
        {{"run", run.run},
         {"mean_distance", distance ? Json(*distance) : Json(nullptr)},
         {"unsteered_mean_distance", unsteered ? Json(*unsteered) : Json(nullptr)},
         {"points", pointsJson(survey, run.points)}});
  }
  return json;
}

Json reflectionJson(const Survey& survey, const Reflection& reflection) {
  const DefaultAnswers& answers = reflection.answers;
  Json json = {
      {"model", answers.model},
      {"questions", answers.questions},
      {"sampled_differences", {{"questions", answers.differing}, {"furthest", answers.furthest}}},
      {"resamples", reflection.bootstrap.resamples},
      {"seed", reflection.bootstrap.seed},
      {"similarity", similarityJson(survey, reflection)},
      {"representativeness", representationJson(survey, reflection)},
      {"consistency", Json::array()},
      {"sensitivity", Json::array()}};
  for (const Consistency& one : reflection.representation.consistencies) {
    json["consistency"].push_back(consistencyJson(survey, one));
  }
  for (const GroupSensitivity& run : reflection.sensitivities) {
    json["sensitivity"].push_back(groupSensitivityJson(run));
  }
  json["map"] = reflection.map ? culturalMapJson(survey, *reflection.map) : Json(nullptr);
  json["map_missing"] = reflection.mapMissing;
  json["skipped"] = skippedJson(reflection);
  return json;
}

}  // namespace canvass
