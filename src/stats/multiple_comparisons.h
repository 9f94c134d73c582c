#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "stats/paired_resamples.h"

namespace canvass {

// What can be said about many differences at once. All of it rests on the same resamples, so the
// correlation of the differences is known and need not be guarded against, as by Bonferroni or
// Holm.

// The familywise error rate of all of these.
inline constexpr double familywiseError = 0.05;

// The p of every pair, two-sided, adjusted for their number: the probability that by chance some
// pair would come out as far from 0. Stepdown max-t (Romano & Wolf 2005, Journal of the American
// Statistical Association 100(469)), p by (1 + resamples as extreme) / (1 + resamples) (Romano &
// Wolf 2016, Statistics & Probability Letters 113).
std::vector<double> adjustedProbabilities(std::span<const PairedResamples> pairs);

// The p of every pair by itself.
std::vector<double> singleProbabilities(std::span<const PairedResamples> pairs);

// Intervals that all hold together with 95% confidence: difference ± c standard errors, c the 95%
// quantile of the largest |t| of any pair in a resample (single-step max-t; Tukey's for equal,
// independent errors). Infinite if there are so few that over one in twenty resamples have no error
// to divide by.
std::vector<Interval> simultaneousIntervals(std::span<const PairedResamples> pairs);

// Which of `columns` columns may have the highest mean: with 95% confidence the one that truly has
// it is among them. A column is out if another is better than it by more than the 95% quantile of
// the largest such lead in a resample (one-sided, over the other columns): the columns whose
// interval for the distance from the best of the others reaches above 0 (Hsu 1984, Annals of
// Statistics 12(3); Gupta 1965, Technometrics 7(2)). The column with the highest observed mean is
// always one.
std::vector<bool> maybeHighest(std::span<const PairedResamples> pairs, std::size_t columns);

// The largest sets of columns of which no two differ significantly, each ascending, in the order of
// their members: what letters after the rows of a table show. Insertion and absorption (Piepho
// 2004, Journal of Computational and Graphical Statistics 13(2)).
using ColumnPair = std::pair<std::size_t, std::size_t>;
std::vector<std::vector<std::size_t>> indistinguishableGroups(
    std::size_t columns, std::span<const ColumnPair> distinguishable);

}  // namespace canvass
