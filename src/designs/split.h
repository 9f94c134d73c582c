#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "survey/survey.h"

namespace canvass {

// A survey in two parts: each of its items is in exactly one of them, or in none if it shares
// respondents with what is held out, or is not kept.
struct Split {
  Survey train;
  Survey heldOut;
  // Items in no part because some of their respondents answered the same question in a population
  // that is held out, and the names of their populations, in the survey's order.
  std::size_t sharingItems = 0;
  std::vector<std::string> sharingPopulations = {};
  // What the plan does not keep for training, by id in the survey's order.
  std::vector<std::string> droppedPopulations = {};
  std::vector<std::string> droppedQuestions = {};
  std::size_t droppedItems = 0;
};

// What becomes of items that ask the same respondents the same question as one that is held out.
enum class SharedRespondents {
  setAside,  // those of the populations within the one held out are held out too, all others are in
             // no part
  ignore,    // they are divided as if their respondents were others
};

// What to hold out. An item is held out if its population, its question or its question's topic is
// listed, or if the draw of cells among all other items takes it. Of what is left to train on, a
// share of the populations and of the questions is kept: how much data is needed.
struct SplitPlan {
  // Ids, names, or "attribute=value" for every population that has it.
  std::vector<std::string> populations = {};
  std::vector<std::string> questions = {};  // ids
  double cellFraction = 0.0;                // share of the items left over, 0 to 1
  std::uint64_t seed = 0;                   // of all draws
  std::vector<std::string> topics = {};     // as the questions name them
  double keptPopulations = 1.0;  // share of the training populations, above 0 and up to 1
  double keptQuestions = 1.0;    // share of the training questions
  SharedRespondents sharing = SharedRespondents::setAside;
};

// Throws Error if a listed name is unknown (near matches are named), a name means several
// populations, a fraction is out of its range, or a part would be left without an item.
//
// Of n items left over, exactly round(cellFraction x n) cells are drawn; what shares respondents
// with them (survey/shared_respondents.h) comes in addition. The draw depends on the
// seed and on the ids of those items, not on their order in the survey. Of n training populations,
// round(keptPopulations x n) are kept; with the same seed and the same items held out, those of a
// smaller share are among those of a larger one. Questions likewise, each draw by itself.
Split splitSurvey(const Survey& survey, const SplitPlan& plan);

// Cells alone.
Split holdOutCells(const Survey& survey, double fraction, std::uint64_t seed);

}  // namespace canvass
