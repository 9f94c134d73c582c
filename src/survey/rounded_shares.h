#pragma once

#include <vector>

namespace canvass {

// How far from `total` (100 of percentages, 1 of proportions) the sum of published shares may be:
// half a unit of the last decimal for each of them. The decimals are those that the shares show, in
// percent and up to 6 of them: so proportions count as rounded to whole percents at the coarsest,
// and shares that were computed, with many decimals, as rounded to a millionth of a percent.
double roundingTolerance(const std::vector<double>& shares, double total);

}  // namespace canvass
