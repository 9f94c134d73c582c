#include "designs/population_names.h"

#include <nlohmann/json.hpp>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "designs/country_names.h"
#include "text/normal_text.h"

namespace canvass {
namespace {

using Aliases = std::unordered_map<std::u32string, std::u32string>;

Aliases aliasesOfCountries() {
  const Json countries = parseJson(countryNamesJson(), "data/countries.json");
  Aliases aliases;
  for (const auto& [code, names] : countries.items()) {
    const std::u32string key = normalText(names.front().get<std::string>()).letters();
    for (const Json& name : names) aliases[normalText(name.get<std::string>()).letters()] = key;
  }
  return aliases;
}

std::string_view withoutSampleNote(std::string_view name) {
  const std::size_t start = name.rfind('(');
  if (start == 0 || start == name.npos || !name.ends_with("sample)")) return name;
  return name.substr(0, start);
}

}  // namespace

std::u32string countryKey(std::string_view name) {
  static const Aliases aliases = aliasesOfCountries();
  std::u32string key = normalText(withoutSampleNote(name)).letters();
  const auto alias = aliases.find(key);
  return alias == aliases.end() ? key : alias->second;
}

std::u32string populationKey(const Population& population) {
  return countryKey(population.name.empty() ? population.id : population.name);
}

std::vector<std::pair<std::size_t, std::size_t>> matchPopulations(const Survey& first,
                                                                  const Survey& second) {
  std::vector<std::u32string> keys;
  for (const Population& population : second.populations) keys.push_back(populationKey(population));
  std::vector<std::pair<std::size_t, std::size_t>> matches;
  for (std::size_t i = 0; i < first.populations.size(); ++i) {
    const std::u32string key = populationKey(first.populations[i]);
    for (std::size_t j = 0; j < keys.size(); ++j) {
      if (key == keys[j] || first.populations[i].id == second.populations[j].id) {
        matches.emplace_back(i, j);
      }
    }
  }
  return matches;
}

const std::string& countryOf(const Population& population) {
  const auto country = population.attributes.find("country");
  if (country != population.attributes.end()) return country->second;
  return population.name.empty() ? population.id : population.name;
}

}  // namespace canvass
