#include "microdata/populations.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "microdata/phrase.h"

namespace canvass {
namespace {

using Cell = std::vector<std::int16_t>;  // a category of each attribute

std::vector<std::size_t> attributeIndices(const MappedGrouping& grouping, const ImportPlan& plan) {
  std::vector<std::size_t> indices;
  for (const std::string& name : grouping.by) {
    const auto found = std::find_if(plan.attributes.begin(), plan.attributes.end(),
                                    [&name](const AttributePlan& one) { return one.name == name; });
    indices.push_back(static_cast<std::size_t>(found - plan.attributes.begin()));
  }
  return indices;
}

std::vector<Category> valuesOf(const Cell& cell, const std::vector<std::size_t>& attributes,
                               const ImportPlan& plan) {
  std::vector<Category> values;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    values.push_back(plan.attributes[attributes[i]].categories[static_cast<std::size_t>(cell[i])]);
  }
  return values;
}

}  // namespace

Population makePopulation(const MappedGrouping& grouping, const std::vector<Category>& values) {
  Population population;
  std::map<std::string, std::string> words;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < values.size(); ++i) {
    population.attributes[grouping.by[i]] = values[i].name;
    words[grouping.by[i]] = values[i].words;
    names.push_back(values[i].name);
  }
  population.name = grouping.name.empty()
                        ? fmt::format("{}", fmt::join(names, ", "))
                        : Phrase(grouping.name, grouping.by, {}).fill(population.attributes);
  population.id = population.name;
  population.phrase = Phrase(grouping.phrase, grouping.by, {}).fill(words);
  return population;
}

std::vector<RespondentGroup> makeGroups(const MappedGrouping& grouping, const ImportPlan& plan,
                                        const Respondents& respondents) {
  const std::vector<std::size_t> attributes = attributeIndices(grouping, plan);
  std::map<Cell, std::vector<std::uint32_t>> members;
  Cell cell(attributes.size());
  for (std::size_t i = 0; i < respondents.size(); ++i) {
    for (std::size_t a = 0; a < attributes.size(); ++a) {
      cell[a] = respondents.categories[attributes[a]][i];
    }
    if (std::find(cell.begin(), cell.end(), noCategory) != cell.end()) continue;
    members[cell].push_back(static_cast<std::uint32_t>(i));
  }
  std::vector<RespondentGroup> groups;
  for (auto& [key, who] : members) {
    groups.push_back({makePopulation(grouping, valuesOf(key, attributes, plan)), std::move(who)});
  }
  return groups;
}

}  // namespace canvass
