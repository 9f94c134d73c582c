#include "diagnostics/parity.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <optional>

#include "base/random.h"
#include "diagnostics/gaps.h"
#include "stats/metrics.h"

namespace canvass {
namespace {

constexpr std::size_t fewestItems = 10;
constexpr std::size_t rangeDraws = 2000;

// The score of each item less its question's mean, as questions are not equally hard, plus the
// mean.
std::vector<double> adjustedScores(const Survey& survey, std::span<const MatchedItem> items) {
  std::vector<double> scores;
  std::map<std::size_t, std::pair<double, double>> questions;  // sum, count
  double mean = 0.0;
  for (const MatchedItem& matched : items) {
    const Item& item = survey.items[matched.item];
    scores.push_back(jsSimilarity(*item.observed, matched.predicted));
    mean += scores.back() / static_cast<double>(items.size());
    auto& [sum, count] = questions[item.question];
    sum += scores.back();
    count += 1.0;
  }
  for (std::size_t row = 0; row < items.size(); ++row) {
    const auto& [sum, count] = questions[survey.items[items[row].item].question];
    scores[row] += mean - sum / count;
  }
  return scores;
}

using GroupOf = std::function<std::optional<std::string>(const Item&)>;

double standardErrorOfMean(const std::vector<double>& scores) {
  const double count = static_cast<double>(scores.size());
  double mean = 0.0;
  for (const double score : scores) mean += score / count;
  double squares = 0.0;
  for (const double score : scores) squares += (score - mean) * (score - mean);
  return std::sqrt(squares / (count - 1.0) / count);
}

// The mean range of groups with these standard errors, if their means are the same.
double rangeByChance(const std::vector<double>& errors, std::uint64_t seed) {
  RandomStream random(seed, "parity");
  double sum = 0.0;
  for (std::size_t draw = 0; draw < rangeDraws; ++draw) {
    double lowest = errors.front() * random.normal();
    double highest = lowest;
    for (std::size_t g = 1; g < errors.size(); ++g) {
      const double mean = errors[g] * random.normal();
      lowest = std::min(lowest, mean);
      highest = std::max(highest, mean);
    }
    sum += highest - lowest;
  }
  return sum / static_cast<double>(rangeDraws);
}

Parity parityOf(const std::string& grouping, const Survey& survey,
                std::span<const MatchedItem> items, const std::vector<double>& scores,
                const GroupOf& groupOf, std::uint64_t seed) {
  std::map<std::string, std::vector<double>> byGroup;
  for (std::size_t row = 0; row < items.size(); ++row) {
    if (const auto group = groupOf(survey.items[items[row].item])) {
      byGroup[*group].push_back(scores[row]);
    }
  }
  Parity parity{grouping, {}, {}, 0.0, 0.0};
  std::vector<double> errors;
  for (const auto& [name, ofGroup] : byGroup) {
    double mean = 0.0;
    for (const double score : ofGroup) mean += score / static_cast<double>(ofGroup.size());
    const bool isLarge = ofGroup.size() >= fewestItems;
    (isLarge ? parity.groups : parity.small).push_back({name, ofGroup.size(), mean});
    if (isLarge) errors.push_back(standardErrorOfMean(ofGroup));
  }
  if (parity.groups.size() < 2) return parity;
  std::ranges::stable_sort(parity.groups, std::ranges::greater{}, &ServedGroup::similarity);
  parity.difference = parity.groups.front().similarity - parity.groups.back().similarity;
  parity.byChance = rangeByChance(errors, seed);
  return parity;
}

}  // namespace

std::vector<Parity> paritiesOf(const Survey& observed, std::span<const MatchedItem> items,
                               std::uint64_t seed) {
  const std::vector<double> scores = adjustedScores(observed, items);
  std::vector<Parity> parities;
  const auto add = [&](const std::string& grouping, const GroupOf& groupOf) {
    Parity parity = parityOf(grouping, observed, items, scores, groupOf, seed);
    if (parity.groups.size() > 1) parities.push_back(std::move(parity));
  };
  add("population", [&](const Item& item) -> std::optional<std::string> {
    return observed.populationOf(item).name;
  });
  for (const std::string& attribute : groupingAttributes(observed, items)) {
    add(attribute, [&](const Item& item) -> std::optional<std::string> {
      const auto& attributes = observed.populationOf(item).attributes;
      const auto found = attributes.find(attribute);
      return found == attributes.end() ? std::nullopt : std::optional(found->second);
    });
  }
  return parities;
}

}  // namespace canvass
