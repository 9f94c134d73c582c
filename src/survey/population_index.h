#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "survey/survey.h"

namespace canvass {

// Finds those of many populations that have respondents in common with one, without a look at each
// of them: most have another value of an attribute that the two share, or are not listed in each
// other's sample.
class PopulationIndex {
 public:
  // `populations` must outlive the index.
  explicit PopulationIndex(const std::vector<Population>& populations);

  // The indices, rising, of those that `one` is not separate from (relationOf).
  std::vector<std::size_t> related(const Population& one) const;

 private:
  using Indices = std::vector<std::size_t>;
  // By the values of some attributes, each ended by a zero byte.
  using Buckets = std::unordered_map<std::string, Indices>;

  // The populations that are divided by the same attributes.
  struct Division {
    std::vector<std::string> attributes;
    Indices populations;
    // By those attributes of it whose values have been asked for.
    mutable std::map<std::vector<std::string>, Buckets> byValues;
  };
  using Divisions = std::map<std::vector<std::string>, Division>;

  void addByAttributes(const Population& one, const Divisions& divisions, Indices& found) const;
  void addBySample(const Population& one, Indices& found) const;
  const Buckets& bucketsOf(const Division& division, const std::vector<std::string>& names) const;

  const std::vector<Population>& populations_;
  Divisions all_;
  Divisions unsampled_;  // those without a sample
  std::unordered_map<std::string, Indices> byId_;
  std::unordered_map<std::string, Indices> listing_;  // those whose sample lists this id
};

}  // namespace canvass
