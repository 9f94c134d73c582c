#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "microdata/mapping.h"
#include "survey/survey.h"

namespace canvass {

// What the rows of an aggregated table say about one question in one population.
struct ShareCell {
  struct Row {
    double share = 0.0;  // in the table's unit
    std::optional<double> standardError;
  };

  std::vector<std::optional<Row>> options;  // may end before the question's last option
  std::optional<double> dontKnow;           // as `share`
  std::optional<double> refused;
  std::optional<double> notAsked;
  // Of those who were asked, in the table's unit; used if there are no rows of them.
  std::optional<double> dontKnowOfAsked;
  std::optional<double> refusedOfAsked;
  std::optional<double> respondents;
  std::optional<double> effectiveSampleSize;
};

// The item's distribution, sample sizes, and shares of don't know and refusals. An option without a
// row has share 0.
//
// Shares that sum to 1 within 1e-6, as in survey.jsonl, are kept as they are. Otherwise they are
// divided by their sum: shares sum to 1, percents to 100, within half a unit of the last decimal
// that the rows show for each of them (roundingTolerance): the options alone, those who did not
// answer then being separate shares of all who were asked; or the options and those who did not
// answer together. Counts are divided by their sum, which is n if the table gives none and all of
// them are whole. If only standard errors are given, n_eff is sum p (1 - p) / sum se^2
// (docs/statistics.md), at least 1 and at most n.
//
// Throws Error, without a location, if the shares sum to something else, or nobody answered.
void describeItem(const ShareCell& cell, ShareUnit unit, std::size_t options, Item& item);

}  // namespace canvass
