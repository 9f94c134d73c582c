#include "import/simllm/record.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/json.h"
#include "survey/letters.h"
#include "survey/simllm_wording.h"

namespace canvass::simllm {
namespace {

constexpr std::array knownKeys{"id",      "instruction",  "input",
                               "options", "options_dist", "data_type"};

std::string idOf(const Json& record) {
  const auto found = record.find("id");
  if (found == record.end()) throw Error("the key \"id\" is missing");
  if (found->is_number_integer()) return found->dump();
  if (!found->is_string()) throw Error("\"id\" must be a string or a whole number");
  return found->get<std::string>();
}

// "(A)Very important" is label and text.
Option parseOption(const std::string& text) {
  const std::size_t close = text.find(')');
  if (!text.starts_with('(') || close == std::string::npos || close < 2) {
    throw Error(fmt::format("the option \"{}\" does not start with a label as in \"(A)\"", text));
  }
  return {text.substr(1, close - 1), text.substr(close + 1), std::nullopt};
}

std::vector<Option> parseOptions(const Json& record) {
  std::vector<Option> options;
  std::set<std::string> labels;
  const auto texts = requireKey<std::vector<std::string>>(record, "options", {});
  requireFewOptions(texts.size());
  for (const std::string& text : texts) {
    const Option& option = options.emplace_back(parseOption(text));
    if (!labels.insert(option.label).second) {
      throw Error(fmt::format("two options are labeled \"{}\"", option.label));
    }
  }
  if (options.size() < 2) throw Error("there are fewer than two options");
  return options;
}

const Json& shareTable(const Json& record) {
  const auto found = record.find("options_dist");
  if (found == record.end()) throw Error("the key \"options_dist\" is missing");
  if (!found->is_object()) throw Error("\"options_dist\" must be an object of shares by label");
  return *found;
}

void checkShareLabels(const Json& table, const std::vector<Option>& options) {
  for (const auto& [label, share] : table.items()) {
    const bool known =
        std::any_of(options.begin(), options.end(),
                    [&wanted = label](const Option& option) { return option.label == wanted; });
    if (!known) {
      throw Error(
          fmt::format("\"options_dist\" has a share for \"{}\", which is not an option", label));
    }
  }
}

double shareOf(const Json& table, const Option& option) {
  const auto found = table.find(option.label);
  if (found == table.end()) {
    throw Error(fmt::format("\"options_dist\" has no share for option \"{}\"", option.label));
  }
  if (!found->is_number()) {
    throw Error(fmt::format("the share of option \"{}\" is not a number", option.label));
  }
  return found->get<double>();
}

// The file may list the shares in another order than the options.
std::vector<double> sharesInOrder(const Json& table, const std::vector<Option>& options) {
  checkShareLabels(table, options);
  std::vector<double> shares;
  for (const Option& option : options) shares.push_back(shareOf(table, option));
  return shares;
}

std::vector<std::string> unknownKeysOf(const Json& record) {
  std::vector<std::string> unknown;
  for (const auto& [key, value] : record.items()) {
    if (std::find(knownKeys.begin(), knownKeys.end(), key) == knownKeys.end()) {
      unknown.push_back(key);
    }
  }
  return unknown;
}

Population makePopulation(const Wording& wording, const std::string& name) {
  return {name,
          name,
          fmt::format("{}{}{}", wording.phraseBefore, name, wording.phraseAfter),
          {{"country", name}}};
}

double sumOfNumbers(const Json& table) {
  double sum = 0.0;
  for (const Json& share : table) sum += share.is_number() ? share.get<double>() : 0.0;
  return sum;
}

}  // namespace

RecordPreview previewRecord(std::string_view text) {
  const std::optional<Json> record = jsonIfValid(text);
  RecordPreview preview;
  if (!record || !record->is_object()) return preview;
  if (const auto id = record->find("id"); id != record->end() && !id->is_null()) {
    preview.id = id->is_string() ? id->get<std::string>() : id->dump();
  }
  if (const auto table = record->find("options_dist"); table != record->end()) {
    if (table->is_object()) preview.sum = sumOfNumbers(*table);
  }
  return preview;
}

Record parseRecord(std::string_view text) {
  const Json json = parseJson(text, {});
  if (!json.is_object()) throw Error("the record is not a JSON object");
  Record record;
  record.question.id = idOf(json);
  if (record.question.id.empty()) throw Error("\"id\" is empty");
  const auto instruction = requireKey<std::string>(json, "instruction", {});
  const Wording& wording = findWording(instruction);
  record.language = wording.language;
  record.population = makePopulation(wording, populationName(wording, instruction));
  record.question.text = questionText(wording, requireKey<std::string>(json, "input", {}));
  record.question.options = parseOptions(json);
  record.shares = sharesInOrder(shareTable(json), record.question.options);
  record.unknownKeys = unknownKeysOf(json);
  return record;
}

}  // namespace canvass::simllm
