#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "diagnostics/estimates.h"
#include "diagnostics/figure.h"

namespace canvass {

// How much predictions vary, and how far that can be taken at its word. Definitions are in
// docs/judging.md.

// Within items: the variance of answers, predicted over observed.
FigureDraft spreadWithin(const Survey& observed, std::span<const MatchedItem> items,
                         std::optional<double> assumedRespondents);

// Between populations: the variance of their deviations from the question's mean, the line from
// predicted to observed deviations, their correlation; between questions the line of levels; and
// the root mean square error.
std::vector<FigureDraft> deviationFigures(const Estimates& estimates);

}  // namespace canvass
