#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

// An item, or a prediction, that does not enter any figure, and why.
struct Skipped {
  std::string question;
  std::string population;
  std::string reason;
};

// An observed item and its prediction, both over the question's options in the question's order.
struct MatchedItem {
  std::size_t item = 0;  // index into Survey::items
  Distribution predicted;
};

struct Matching {
  std::vector<MatchedItem> matched;  // in the survey's order
  std::vector<Skipped> skipped;
};

// How far the sum of a prediction's probabilities may be from 1. Within it they are divided by
// their sum (files carry rounded figures); beyond it the prediction is skipped.
inline constexpr double predictionSumTolerance = 1e-3;

// Pairs predictions with observed items by the ids of question and population, and puts each
// prediction into the question's order by its labels. Everything that cannot be paired is named:
// - an item without an observed distribution, without a prediction, or predicted more than once;
// - a prediction of an item that the survey does not have;
// - labels that are not the question's, probabilities that are not a distribution.
// `only`: the indices of the items to look at, all of them by default; predictions of others are
// then ignored.
Matching matchPredictions(const Survey& observed, const Predictions& predictions,
                          const std::optional<std::vector<std::size_t>>& only = std::nullopt);

}  // namespace canvass
