#include "report/page/study_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/error.h"
#include "designs/population_names.h"
#include "stats/item_metrics.h"

namespace canvass {
namespace {

using Identity = std::pair<std::string, std::string>;

// Numbers what it has not seen before, in order.
class Numbering {
 public:
  // The number, and whether it is a new one.
  std::pair<std::size_t, bool> of(const Identity& identity) {
    const auto [entry, isNew] = numbers_.try_emplace(identity, numbers_.size());
    return {entry->second, isNew};
  }

 private:
  std::map<Identity, std::size_t> numbers_;
};

class StudyWriter {
 public:
  void add(const Part& part) {
    const Survey& survey = part.survey;
    const std::vector<std::size_t> populations = addPopulations(survey);
    const std::vector<std::size_t> questions = addQuestions(survey);
    Json items = Json::array();
    for (const Item& item : survey.items) {
      items.push_back({questions[item.question], populations[item.population], sizeOf(item)});
    }
    json_["parts"].push_back({{"name", part.name}, {"items", std::move(items)}});
    addSource(survey);
  }

  Json finish() { return std::move(json_); }

 private:
  static Json sizeOf(const Item& item) {
    if (item.respondents) return *item.respondents;
    if (item.effectiveSampleSize) return *item.effectiveSampleSize;
    return nullptr;
  }

  std::vector<std::size_t> addPopulations(const Survey& survey) {
    std::vector<std::size_t> indices;
    for (const Population& population : survey.populations) {
      const std::string& name = population.name.empty() ? population.id : population.name;
      const auto [index, isNew] = populations_.of({population.id, name});
      indices.push_back(index);
      if (!isNew) continue;
      json_["populations"].push_back({{"id", population.id},
                                      {"name", name},
                                      {"country", countryOf(population)},
                                      {"attributes", population.attributes}});
    }
    return indices;
  }

  std::vector<std::size_t> addQuestions(const Survey& survey) {
    std::vector<std::size_t> indices;
    for (const Question& question : survey.questions) {
      const auto [index, isNew] = questions_.of({question.id, question.text});
      indices.push_back(index);
      if (!isNew) continue;
      json_["questions"].push_back(
          {{"id", question.id}, {"text", question.text}, {"topic", question.topic}});
    }
    return indices;
  }

  void addSource(const Survey& survey) {
    const std::string& source = survey.source.empty() ? survey.name : survey.source;
    Json& sources = json_["sources"];
    if (source.empty() || std::ranges::find(sources, Json(source)) != sources.end()) return;
    sources.push_back(source);
  }

  Numbering populations_;
  Numbering questions_;
  Json json_{{"populations", Json::array()},
             {"questions", Json::array()},
             {"parts", Json::array()},
             {"sources", Json::array()}};
};

// Throws Error if the object is not an evaluation.
const Json& populationsOf(const Json& evaluation, const std::string& where) {
  if (evaluation.is_array()) {
    throw Error("there are several evaluations in this file", where,
                "evaluate one file of predictions at a time");
  }
  if (evaluation.is_object()) {
    const auto populations = evaluation.find("by_population");
    if (populations != evaluation.end() && populations->is_object()) return *populations;
  }
  throw Error("this is not an evaluation: it has no object by_population", where,
              "give a file that canvass evaluate --json FILE wrote");
}

Json objectAt(const Json& parent, const char* key, const std::string& where) {
  if (!parent.is_object()) throw Error("this is not an object", where);
  const auto found = parent.find(key);
  if (found == parent.end()) return Json::object();
  if (!found->is_object()) throw Error(fmt::format("\"{}\" is not an object", key), where);
  return *found;
}

Json attributesAt(const Json& group, const std::string& where) {
  Json attributes = objectAt(group, "attributes", where);
  for (const auto& [name, value] : attributes.items()) {
    if (!value.is_string()) throw Error(fmt::format("\"{}\" is not a text", name), where);
  }
  return attributes;
}

// Null if there is none, as for groups of one item.
Json intervalAt(const Json& intervals, const std::string& metric, const std::string& where) {
  const auto found = intervals.find(metric);
  if (found == intervals.end() || found->is_null()) return nullptr;
  const auto low = optionalKey<double>(*found, "low", std::nan(""), where);
  const auto high = optionalKey<double>(*found, "high", std::nan(""), where);
  if (std::isnan(low) || std::isnan(high)) return nullptr;
  return {{"low", low}, {"high", high}};
}

Json valueOf(const std::string& id, const Json& group, const std::string& metric,
             const std::string& where) {
  const std::string location = fmt::format("{}, by_population, \"{}\"", where, id);
  const Json metrics = objectAt(group, "metrics", location);
  const Json denominators = objectAt(group, "denominators", location);
  const auto name = optionalKey<std::string>(group, "name", id, location);
  const auto value = optionalKey<double>(metrics, metric.c_str(), std::nan(""), location);
  return {{"name", name},
          {"country", optionalKey<std::string>(group, "country", name, location)},
          {"attributes", attributesAt(group, location)},
          {"value", std::isnan(value) ? Json() : Json(value)},
          {"interval", intervalAt(objectAt(group, "intervals", location), metric, location)},
          {"items", optionalKey<std::int64_t>(denominators, metric.c_str(), 0, location)}};
}

}  // namespace

Json studyJson(const std::vector<Part>& parts) {
  StudyWriter writer;
  for (const Part& part : parts) writer.add(part);
  return writer.finish();
}

Json valueMapJson(const Json& evaluation, const std::string& metric, const std::string& where) {
  const ItemMetric& info = itemMetrics()[metricIndex(metric)];
  Json values = Json::array();
  for (const auto& [id, group] : populationsOf(evaluation, where).items()) {
    values.push_back(valueOf(id, group, metric, where));
  }
  const bool higher = info.better == Better::higher;
  return {{"name", fmt::format("{} ({} is better)", info.title, higher ? "higher" : "lower")},
          {"source", fmt::format("predictions of {}, {}",
                                 optionalKey<std::string>(evaluation, "model", "?", where), where)},
          {"values", std::move(values)}};
}

}  // namespace canvass
