#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "diagnostics/figure.h"
#include "predictions/prediction_match.h"

namespace canvass {

// How near predicted distributions are to observed ones, in the measures that others publish:
// SimBench's score, overlap, Kolmogorov-Smirnov.
std::vector<FigureDraft> closenessFigures(const Survey& observed,
                                          std::span<const MatchedItem> items);

struct MarginOptions {
  std::optional<double> assumedRespondents = {};
  std::size_t draws = 100'000;  // over all items; 8 to 200 an item
  std::uint64_t seed = 0;
};

// How many shares, and how many items with all of theirs, are within the survey's margin of error:
// 1.96 standard errors. The reference is how many of a perfect prediction would be: shares of
// samples as large, against the shares that were observed. Empty if no item's size is known.
std::vector<FigureDraft> marginFigures(const Survey& observed, std::span<const MatchedItem> items,
                                       const MarginOptions& options = {});

}  // namespace canvass
