#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "survey/distribution.h"

namespace canvass {

// A distribution that a model wrote, or why there is none.
struct WrittenDistribution {
  Distribution shares;  // in the order of the labels, summing to 1; empty if there is a fault
  std::string fault;    // "no percentage for B", "the percentages sum to 140"
};

// Reads a percentage for each label: one line each, that begins with the label (in brackets or
// behind a list's mark or not) and ends in the number, "%" or not: "A: 20%", "- (A) Yes: 20 %".
// Whatever else such a line says lies between them. Lines that begin otherwise are ignored.
// Nothing is guessed: there is no distribution if a label has no line or two, a percentage is not
// between 0 and 100, or they do not sum to 100 within half a point for each option, which is what
// rounding can take. Texts that are not UTF-8 are read as bytes.
WrittenDistribution readPercentages(std::string_view text, const std::vector<std::string>& labels);

}  // namespace canvass
