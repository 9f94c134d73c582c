#include "survey/population_index.h"

#include <algorithm>
#include <iterator>

#include "survey/shared_respondents.h"

namespace canvass {
namespace {

std::vector<std::string> attributeNames(const Population& population) {
  std::vector<std::string> names;
  for (const auto& [name, value] : population.attributes) names.push_back(name);
  return names;
}

std::string valuesOf(const Population& population, const std::vector<std::string>& names) {
  std::string values;
  for (const std::string& name : names) values += population.attributes.at(name) + '\0';
  return values;
}

void add(const std::unordered_map<std::string, std::vector<std::size_t>>& lists,
         const std::string& key, std::vector<std::size_t>& indices) {
  const auto found = lists.find(key);
  if (found == lists.end()) return;
  indices.insert(indices.end(), found->second.begin(), found->second.end());
}

}  // namespace

PopulationIndex::PopulationIndex(const std::vector<Population>& populations)
    : populations_(populations) {
  const auto enter = [](Divisions& divisions, std::vector<std::string> names, std::size_t i) {
    Division& division = divisions[names];
    division.attributes = std::move(names);
    division.populations.push_back(i);
  };
  for (std::size_t i = 0; i < populations.size(); ++i) {
    const Population& population = populations[i];
    byId_[population.id].push_back(i);
    const std::vector<std::string> names = attributeNames(population);
    if (!names.empty()) enter(all_, names, i);
    if (!names.empty() && !population.sample) enter(unsampled_, names, i);
    if (!population.sample) continue;
    for (const auto& [id, respondents] : population.sample->shared) listing_[id].push_back(i);
  }
}

const PopulationIndex::Buckets& PopulationIndex::bucketsOf(
    const Division& division, const std::vector<std::string>& names) const {
  const auto [entry, isNew] = division.byValues.try_emplace(names);
  if (isNew) {
    for (const std::size_t i : division.populations) {
      entry->second[valuesOf(populations_[i], names)].push_back(i);
    }
  }
  return entry->second;
}

void PopulationIndex::addByAttributes(const Population& one, const Divisions& divisions,
                                      Indices& found) const {
  const std::vector<std::string> names = attributeNames(one);
  if (names.empty()) return;
  for (const auto& [attributes, division] : divisions) {
    std::vector<std::string> common;
    std::set_intersection(names.begin(), names.end(), attributes.begin(), attributes.end(),
                          std::back_inserter(common));
    add(bucketsOf(division, common), valuesOf(one, common), found);
  }
}

void PopulationIndex::addBySample(const Population& one, Indices& found) const {
  for (const auto& [id, respondents] : one.sample->shared) add(byId_, id, found);
  add(listing_, one.id, found);
}

// Where both have a sample, it alone says what they have in common.
std::vector<std::size_t> PopulationIndex::related(const Population& one) const {
  Indices found;
  add(byId_, one.id, found);
  addByAttributes(one, one.sample ? unsampled_ : all_, found);
  if (one.sample) addBySample(one, found);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::erase_if(found, [&](std::size_t i) { return !shareRespondents(one, populations_[i]); });
  return found;
}

}  // namespace canvass
