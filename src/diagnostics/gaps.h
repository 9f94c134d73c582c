#pragma once

#include <span>
#include <string>
#include <vector>

#include "diagnostics/estimates.h"
#include "diagnostics/figure.h"

namespace canvass {

// The attributes that put populations into groups: with several values, some of which several
// populations have.
std::vector<std::string> groupingAttributes(const Survey& survey,
                                            std::span<const MatchedItem> items);

// For each such attribute, whether the differences between its groups (the mean of a group less
// that of all populations with the attribute, question by question: its main effect) are predicted
// too large or too small, and how well they are told. Definitions are in docs/judging.md.
std::vector<FigureDraft> gapFigures(const Survey& observed, std::span<const MatchedItem> items,
                                    const Estimates& estimates);

}  // namespace canvass
