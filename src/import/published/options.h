#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "survey/survey.h"

namespace canvass {

// Options in the order of their texts, labeled A, B, C ... Throws Error, without a location, for
// more than there are letters.
std::vector<Option> labeledOptions(const std::vector<std::string>& texts);

// Options as OpinionQA and SubPOP publish them: each with a number that gives its position on a
// scale.
struct PlacedOptions {
  std::vector<Option> options;
  std::vector<std::size_t> order;  // the index in the file of each of the options
  Scale scale = Scale::nominal;
  bool isRearranged = false;    // the options' order is not that of the file
  bool hasOptionApart = false;  // nominal because a position is negative: not part of the order
};

// Positions that all differ make an ordinal question with these values, its options arranged along
// them if the file lists them otherwise ("increase", "decrease", "stay the same" at 1, 2, 1.5).
// Equal positions (both data sets mark options without an order this way) and negative ones
// (SubPOP's mark for a separate option, such as "It depends") make a nominal one, in the file's
// order, without values. Throws Error, without a location in the file, if the lengths differ or a
// position is not finite.
PlacedOptions placeOptions(const std::vector<std::string>& texts,
                           const std::vector<double>& places);

}  // namespace canvass
