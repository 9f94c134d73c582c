#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "survey/survey.h"

namespace canvass {

// A survey in two parts: each of its items is in exactly one of them.
struct Split {
  Survey train;
  Survey heldOut;
};

// What is to be held out. An item is held out where its population or its question is listed, or
// where the draw of cells among all other items takes it.
struct SplitPlan {
  std::vector<std::string> populations;  // ids or names
  std::vector<std::string> questions;    // ids
  double cellFraction = 0.0;             // share of the items left over, 0 to 1
  std::uint64_t seed = 0;                // of the draw of cells
};

// Throws Error where a listed name is unknown (near matches are named), a name means several
// populations, the fraction is not between 0 and 1, or a part would be left without an item.
//
// Of n items left over, exactly round(cellFraction x n) cells are drawn. The draw depends on the
// seed and on the ids of those items, not on their order in the survey.
Split splitSurvey(const Survey& survey, const SplitPlan& plan);

// The three kinds by themselves.
Split holdOutPopulations(const Survey& survey, const std::vector<std::string>& populations);
Split holdOutQuestions(const Survey& survey, const std::vector<std::string>& questions);
Split holdOutCells(const Survey& survey, double fraction, std::uint64_t seed);

}  // namespace canvass
