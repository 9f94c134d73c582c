#pragma once

#include <optional>
#include <span>

#include "stats/crossed_bootstrap.h"

namespace canvass {

// By how much the highest of several columns' means is expected to lie above what that column will
// reach on other questions and populations, only because it was chosen for being the highest: the
// selection bias, or winner's curse. Not negative; 0 for one column.
//
// The bootstrap chooses again in every resample, and averages by how much the chosen column's mean
// exceeds the one that it was drawn from (as Tibshirani & Tibshirani 2009, Annals of Applied
// Statistics 3(2), do for the minimal error over folds). Two things are corrected along the way.
// Deviations are scaled to the two-way clustered variance, as intervals are. And the means drawn
// from are not the observed ones, which are further apart than the true ones, but those shrunk
// towards their mean by the share of their variance that sampling explains (Efron & Morris 1973,
// Journal of the American Statistical Association 68(341)): without that, the bias among equals
// comes out some 30% too small.
//
// What all columns have in common does not affect the choice, so deviations are from the columns'
// mean in the resample. `columns` must have finite numbers for the same items. Nothing if the
// columns have no intervals.
std::optional<double> optimismOfHighest(const CrossedBootstrap& bootstrap,
                                        std::span<const ItemColumn> columns);

}  // namespace canvass
