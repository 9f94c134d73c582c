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

Population makePopulation(const MappedGrouping& grouping, const ImportPlan& plan,
                          const std::vector<std::size_t>& attributes, const Cell& cell) {
  Population population;
  std::map<std::string, std::string> words;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const AttributePlan& attribute = plan.attributes[attributes[i]];
    const Category& category = attribute.categories[static_cast<std::size_t>(cell[i])];
    population.attributes[attribute.name] = category.name;
    words[attribute.name] = category.words;
    names.push_back(category.name);
  }
  population.name = grouping.name.empty()
                        ? fmt::format("{}", fmt::join(names, ", "))
                        : Phrase(grouping.name, grouping.by, {}).fill(population.attributes);
  population.id = population.name;
  population.phrase = Phrase(grouping.phrase, grouping.by, {}).fill(words);
  return population;
}

}  // namespace

std::vector<Group> makeGroups(const MappedGrouping& grouping, const ImportPlan& plan,
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
  std::vector<Group> groups;
  for (auto& [key, who] : members) {
    groups.push_back({makePopulation(grouping, plan, attributes, key), std::move(who)});
  }
  return groups;
}

}  // namespace canvass
