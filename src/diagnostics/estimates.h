#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "predictions/prediction_match.h"
#include "survey/survey.h"

namespace canvass {

// A figure that every population has for a question: a weighted sum of the shares of its options.
// Of an ordered question it is the mean, with the scale from 0 to 1; of a nominal one the share of
// an option, for each option (for the first of two).
struct Quantity {
  std::size_t question = 0;  // index into Survey::questions
  std::vector<double> weights;
};

// A quantity of one population, as it was predicted and as it was observed.
struct Estimate {
  std::size_t quantity = 0;
  std::size_t row = 0;         // index into the predicted items
  std::size_t population = 0;  // index into Survey::populations
  double predicted = 0.0;
  double observed = 0.0;
  // Of the observed figure, by the survey's own sampling; nothing if nobody says how many answered.
  std::optional<double> samplingVariance = std::nullopt;
  // Less the mean over the populations that were observed and predicted, each its own.
  double predictedDeviation = 0.0;
  double observedDeviation = 0.0;
  // Of the observed deviation: by the sampling of this population, and of those in the mean.
  double deviationVariance = 0.0;
};

struct Estimates {
  std::vector<Quantity> quantities;
  std::vector<std::vector<Estimate>> byQuantity;
  std::size_t items = 0;
  std::size_t itemsWithSize = 0;  // whose sampling is known
  // Whether populations are predicted to differ, by over a tenth of the observed standard
  // deviation: of less, what is left of the deviations is the rounding, or the trace of the
  // population itself that is missing from the mean of all others.
  bool tellsPopulationsApart = false;
};

// How many respondents of a simple random sample an item's shares are as exact as: by their
// standard errors, else n_eff, else n, else `assumed`.
std::optional<double> effectiveSizeOf(const Item& item, std::optional<double> assumed);

// The positions of an ordered question's options, from 0 to 1; empty for a nominal question.
std::vector<double> unitValues(const Question& question);

// Of a quantity of the item that was observed to be `observed`; nothing if its size is not known.
std::optional<double> samplingVarianceOf(const Item& item, const Quantity& quantity,
                                         double observed, std::optional<double> assumed);

// Of items that were observed. `assumed`: respondents of items of which nothing is known.
Estimates estimatesOf(const Survey& observed, std::span<const MatchedItem> items,
                      std::optional<double> assumed);

}  // namespace canvass
