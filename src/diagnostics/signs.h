#pragma once

#include <vector>

#include "diagnostics/estimates.h"
#include "diagnostics/figure.h"

namespace canvass {

// Pairs of populations without common respondents, question by question: which of them the
// prediction calls different, in the survey's place: further apart than 1.96 standard errors of the
// difference by the survey's sampling, or at all where nothing says how many answered. How often
// such a difference has the wrong sign, and how much too large it is (type S and M errors: Gelman &
// Carlin 2014). Definitions are in docs/judging.md.
//
// Of more than `mostPairs` a random sample is taken.
std::vector<FigureDraft> signFigures(const Survey& observed, const Estimates& estimates,
                                     std::size_t mostPairs = 5'000'000);

}  // namespace canvass
