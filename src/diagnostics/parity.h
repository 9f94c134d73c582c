#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "predictions/prediction_match.h"
#include "survey/survey.h"

namespace canvass {

struct ServedGroup {
  std::string name;
  std::size_t items = 0;
  double similarity = 0.0;  // mean js_similarity, had the group been asked the average question
};

// How unequally well groups are predicted: those of one attribute, populations, or topics.
struct Parity {
  std::string grouping;             // the attribute, "population" or "topic"
  std::vector<ServedGroup> groups;  // from the best to the worst; of at least ten items
  std::vector<ServedGroup> small;   // of fewer items, which are not ranked
  // Best less worst, and what it would be on average if all were predicted equally well.
  double difference = 0.0;
  double byChance = 0.0;
};

// Of each grouping with at least two groups that are large enough.
std::vector<Parity> paritiesOf(const Survey& observed, std::span<const MatchedItem> items,
                               std::uint64_t seed = 0);

}  // namespace canvass
