#include "survey/shared_respondents.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "survey/population_index.h"

namespace canvass {
namespace {

PopulationRelation relationBySize(std::size_t one, std::size_t other, std::size_t shared) {
  if (shared == 0) return PopulationRelation::separate;
  if (shared == one && shared == other) return PopulationRelation::same;
  if (shared == other) return PopulationRelation::contains;
  return shared == one ? PopulationRelation::within : PopulationRelation::overlapping;
}

// As the first one's sample says.
std::size_t sharedBy(const Population& one, const Population& other) {
  const auto found = one.sample->shared.find(other.id);
  return found == one.sample->shared.end() ? 0 : found->second;
}

// Of two that have a sample. Each lists the other, unless they are of two surveys.
std::size_t sharedOf(const Population& one, const Population& other) {
  return std::max(sharedBy(one, other), sharedBy(other, one));
}

bool isAmong(const std::pair<const std::string, std::string>& attribute, const Population& other) {
  const auto found = other.attributes.find(attribute.first);
  return found != other.attributes.end() && found->second == attribute.second;
}

bool contradict(const Population& one, const Population& other) {
  return std::ranges::any_of(one.attributes, [&other](const auto& attribute) {
    return other.attributes.contains(attribute.first) && !isAmong(attribute, other);
  });
}

bool allAmong(const Population& one, const Population& other) {
  return std::ranges::all_of(one.attributes,
                             [&other](const auto& attribute) { return isAmong(attribute, other); });
}

// The correlation of the sampling errors of two simple random samples that have respondents in
// common.
double correlationOf(std::size_t one, std::size_t other, std::size_t shared) {
  return static_cast<double>(shared) /
         std::sqrt(static_cast<double>(one) * static_cast<double>(other));
}

PopulationRelation relationByAttributes(const Population& one, const Population& other) {
  if (one.attributes.empty() || other.attributes.empty() || contradict(one, other)) {
    return PopulationRelation::separate;
  }
  const bool contains = allAmong(one, other);
  const bool isWithin = allAmong(other, one);
  if (contains && isWithin) return PopulationRelation::same;
  if (contains) return PopulationRelation::contains;
  return isWithin ? PopulationRelation::within : PopulationRelation::overlapping;
}

}  // namespace

PopulationRelation relationOf(const Population& one, const Population& other) {
  if (one.id == other.id) return PopulationRelation::same;
  if (!one.sample || !other.sample) return relationByAttributes(one, other);
  return relationBySize(one.sample->respondents, other.sample->respondents, sharedOf(one, other));
}

bool shareRespondents(const Population& one, const Population& other) {
  return relationOf(one, other) != PopulationRelation::separate;
}

namespace {

constexpr double strongCorrelation = 0.25;

bool varyTogether(const Population& one, const Population& other) {
  if (one.sample && other.sample) {
    return correlationOf(one.sample->respondents, other.sample->respondents, sharedOf(one, other)) >
           strongCorrelation;
  }
  const PopulationRelation relation = relationOf(one, other);
  return relation != PopulationRelation::separate && relation != PopulationRelation::overlapping;
}

}  // namespace

std::vector<std::size_t> familiesOf(const Survey& survey) {
  std::vector<std::size_t> first(survey.populations.size());
  std::iota(first.begin(), first.end(), std::size_t{0});
  const auto rootOf = [&first](std::size_t i) {
    while (first[i] != i) i = first[i] = first[first[i]];
    return i;
  };
  const PopulationIndex index(survey.populations);
  for (std::size_t i = 0; i < first.size(); ++i) {
    for (const std::size_t j : index.related(survey.populations[i])) {
      if (j >= i || !varyTogether(survey.populations[i], survey.populations[j])) continue;
      const auto [low, high] = std::minmax({rootOf(i), rootOf(j)});
      first[high] = low;
    }
  }
  for (std::size_t i = 0; i < first.size(); ++i) first[i] = rootOf(i);
  return first;
}

std::vector<std::pair<std::size_t, std::size_t>> pairsSharingRespondents(const Survey& survey,
                                                                         const Survey& other) {
  const PopulationIndex populations(other.populations);
  std::vector<std::vector<std::size_t>> related;
  for (const Population& population : survey.populations) {
    related.push_back(populations.related(population));
  }
  const SurveyIndex index(other);
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t i = 0; i < survey.items.size(); ++i) {
    const auto question = index.question(survey.questionOf(survey.items[i]).id);
    if (!question) continue;
    for (const std::size_t population : related[survey.items[i].population]) {
      if (const auto item = index.item(*question, population)) pairs.emplace_back(i, *item);
    }
  }
  return pairs;
}

std::vector<std::size_t> itemsSharingRespondents(const Survey& survey, const Survey& other) {
  std::vector<std::size_t> items;
  for (const auto& [item, partner] : pairsSharingRespondents(survey, other)) {
    if (items.empty() || items.back() != item) items.push_back(item);
  }
  return items;
}

}  // namespace canvass
