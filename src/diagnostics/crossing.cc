#include "diagnostics/crossing.h"

#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "stats/metrics.h"

namespace canvass {
namespace {

using Attributes = std::map<std::string, std::string>;
using Rows = std::vector<std::size_t>;

// The groups that one attribute divides a whole into, of one question.
struct Division {
  std::size_t whole = 0;  // rows
  Rows groups;
};

std::optional<double> peopleIn(const Item& item) { return item.respondents; }

// Of the items of one question.
std::vector<Division> divisionsOf(const Survey& survey, std::span<const MatchedItem> items,
                                  const Rows& rows) {
  const auto attributesOf = [&](std::size_t row) -> const Attributes& {
    return survey.populationOf(survey.items[items[row].item]).attributes;
  };
  std::map<Attributes, std::size_t> wholes;
  for (const std::size_t row : rows) wholes.emplace(attributesOf(row), row);
  std::map<std::pair<std::size_t, std::string>, Rows> groups;
  for (const std::size_t row : rows) {
    if (!peopleIn(survey.items[items[row].item])) continue;
    for (const auto& [name, value] : attributesOf(row)) {
      Attributes without = attributesOf(row);
      without.erase(name);
      const auto whole = wholes.find(without);
      if (whole != wholes.end()) groups[{whole->second, name}].push_back(row);
    }
  }
  std::vector<Division> divisions;
  for (auto& [key, members] : groups) {
    if (members.size() > 1) divisions.push_back({key.first, std::move(members)});
  }
  return divisions;
}

// True if the groups are all of the whole: as many answered as there, within one in fifty.
bool isWhole(const Survey& survey, std::span<const MatchedItem> items, const Division& division) {
  const auto whole = peopleIn(survey.items[items[division.whole].item]);
  double sum = 0.0;
  for (const std::size_t row : division.groups) sum += *peopleIn(survey.items[items[row].item]);
  return whole && sum > 0.98 * *whole && sum < 1.02 * *whole;
}

Distribution mixed(const Survey& survey, std::span<const MatchedItem> items, const Rows& groups,
                   bool predicted) {
  Distribution mix(items[groups.front()].predicted.size(), 0.0);
  double people = 0.0;
  for (const std::size_t row : groups) people += *peopleIn(survey.items[items[row].item]);
  for (const std::size_t row : groups) {
    const Item& item = survey.items[items[row].item];
    const Distribution& shares = predicted ? items[row].predicted : *item.observed;
    for (std::size_t k = 0; k < mix.size(); ++k) mix[k] += *peopleIn(item) / people * shares[k];
  }
  return mix;
}

}  // namespace

std::optional<FigureDraft> crossingFigure(const Survey& observed,
                                          std::span<const MatchedItem> items) {
  std::unordered_map<std::size_t, Rows> byQuestion;
  for (std::size_t row = 0; row < items.size(); ++row) {
    byQuestion[observed.items[items[row].item].question].push_back(row);
  }
  ItemColumn differences(items.size(), 0.0);
  ItemColumn counts(items.size(), 0.0);
  double ofObserved = 0.0;
  std::size_t count = 0;
  for (const auto& [question, rows] : byQuestion) {
    for (const Division& division : divisionsOf(observed, items, rows)) {
      if (!isWhole(observed, items, division)) continue;
      const Distribution& whole = *observed.items[items[division.whole].item].observed;
      differences[division.whole] +=
          tvd(items[division.whole].predicted, mixed(observed, items, division.groups, true));
      ofObserved += tvd(whole, mixed(observed, items, division.groups, false));
      counts[division.whole] += 1.0;
      ++count;
    }
  }
  if (count == 0) return std::nullopt;
  FigureDraft draft = ratioDraft("crossing", count, std::move(differences), std::move(counts));
  draft.reference = ofObserved / static_cast<double>(count);
  draft.lowest = 0.0;
  draft.highest = 1.0;
  return draft;
}

}  // namespace canvass
