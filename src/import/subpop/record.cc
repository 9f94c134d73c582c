#include "import/subpop/record.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/json.h"
#include "base/list_text.h"
#include "import/published/panel_groups.h"
#include "import/published/python_literal.h"
#include "import/published/shares.h"
#include "survey/letters.h"

namespace canvass::subpop {
namespace {

constexpr std::array knownKeys{"qkey",    "attribute", "group",     "question",
                               "options", "ordinal",   "responses", "refusal_rate"};

const Json& require(const Json& record, const char* key) {
  const auto found = record.find(key);
  if (found == record.end()) throw Error(fmt::format("the key \"{}\" is missing", key));
  return *found;
}

PythonValue pythonValue(const Json& value, const char* key) {
  return parsePythonLiteral(value.get<std::string>(), fmt::format("\"{}\"", key));
}

std::vector<double> numbers(const Json& record, const char* key) {
  const Json& value = require(record, key);
  if (value.is_string()) return pythonNumbers(pythonValue(value, key), fmt::format("\"{}\"", key));
  return requireKey<std::vector<double>>(record, key, {});
}

std::vector<std::string> texts(const Json& record, const char* key) {
  const Json& value = require(record, key);
  if (value.is_string()) return pythonTexts(pythonValue(value, key), fmt::format("\"{}\"", key));
  return requireKey<std::vector<std::string>>(record, key, {});
}

// One text, or several as a list or as the text of a Python list.
std::vector<std::string> oneOrMore(const Json& record, const char* key) {
  const Json& value = require(record, key);
  if (!value.is_string() || value.get<std::string>().starts_with('[')) return texts(record, key);
  return {value.get<std::string>()};
}

Population populationOf(const Json& record) {
  const std::vector<std::string> attributes = oneOrMore(record, "attribute");
  const std::vector<std::string> groups = oneOrMore(record, "group");
  if (attributes.size() != groups.size()) {
    throw Error(fmt::format("the record has {}, but {}", counted(attributes.size(), "attribute"),
                            counted(groups.size(), "group")));
  }
  std::vector<AttributeValue> values;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (attributes[i].empty() || groups[i].empty()) throw Error("the attribute or group is empty");
    values.push_back({attributes[i], groups[i]});
  }
  if (values.empty()) throw Error("there is no attribute");
  Population population = panelPopulation(values);
  if (population.attributes.size() != values.size()) throw Error("an attribute appears twice");
  return population;
}

// Without the last, which is the refusal.
std::vector<std::string> answerTexts(const Json& record) {
  std::vector<std::string> options = texts(record, "options");
  if (options.empty() || options.back() != "Refused") {
    throw Error(options.empty()
                    ? "there is no option"
                    : fmt::format("the last option is \"{}\", not \"Refused\"", options.back()));
  }
  options.pop_back();
  requireFewOptions(options.size());
  if (options.size() < 2) throw Error("there are fewer than two options besides \"Refused\"");
  return options;
}

std::optional<double> refusalOf(const Json& record) {
  const Json& value = require(record, "refusal_rate");
  if (value.is_null()) return std::nullopt;
  if (!value.is_number()) throw Error("\"refusal_rate\" is not a number");
  const auto rate = value.get<double>();
  if (rate < 0.0 || rate >= 1.0) {
    throw Error(fmt::format("the refusal rate {} is not from 0 to below 1", rate));
  }
  return rate;
}

Distribution distributionOf(const Json& record, const PlacedOptions& placed) {
  const std::vector<double> responses = numbers(record, "responses");
  if (responses.size() != placed.options.size()) {
    throw Error(fmt::format("the record has {} for {} besides \"Refused\"",
                            counted(responses.size(), "response"),
                            counted(placed.options.size(), "option")));
  }
  std::vector<double> arranged;
  for (const std::size_t index : placed.order) arranged.push_back(responses[index]);
  return toDistribution(arranged, ShareScale::proportions);
}

}  // namespace

std::string previewKey(std::string_view line) {
  const std::optional<Json> record = jsonIfValid(line);
  if (!record || !record->is_object()) return {};
  const auto found = record->find("qkey");
  return found != record->end() && found->is_string() ? found->get<std::string>() : std::string();
}

Record parseRecord(std::string_view line) {
  const Json json = parseJson(line, {});
  if (!json.is_object()) throw Error("the line is not a JSON object");
  Record record;
  record.question.id = requireKey<std::string>(json, "qkey", {});
  if (record.question.id.empty()) throw Error("\"qkey\" is empty");
  record.question.text = requireKey<std::string>(json, "question", {});
  record.placed = placeOptions(answerTexts(json), numbers(json, "ordinal"));
  record.question.options = record.placed.options;
  record.question.scale = record.placed.scale;
  record.population = populationOf(json);
  record.distribution = distributionOf(json, record.placed);
  record.refused = refusalOf(json);
  for (const auto& [key, value] : json.items()) {
    if (std::find(knownKeys.begin(), knownKeys.end(), key) == knownKeys.end()) {
      record.unknownKeys.push_back(key);
    }
  }
  return record;
}

}  // namespace canvass::subpop
