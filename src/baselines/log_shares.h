#pragma once

#include <vector>

#include "survey/distribution.h"

namespace canvass {

// ln(share + 0.002), less its mean over the options: shares as numbers that can be added up. On the
// World Values Survey 0.001 to 0.004 predict equally well.
std::vector<double> centeredLogShares(const Distribution& shares);

// The way back, but for the 0.002: the softmax.
Distribution sharesOfLogs(std::vector<double> logShares);

}  // namespace canvass
