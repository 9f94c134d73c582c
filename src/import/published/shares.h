#pragma once

#include <string>
#include <vector>

#include "survey/distribution.h"

namespace canvass {

// What the shares of one file sum to: percentages to 100, proportions to 1.
enum class ShareScale { percentages, proportions };

const char* shareScaleName(ShareScale scale);

// The scale of a file, by majority of its records' sums: under 10 means proportions. Sums that are
// not positive have no vote; without any vote the shares are percentages, as the format says.
ShareScale detectShareScale(const std::vector<double>& sums);

// The shares divided by their sum; if that is 1 except for the last bits, the shares as they are,
// so that what was written from a survey is read back equal. Throws Error (the caller knows where)
// for a negative share, or a sum that is 0 or further from the total than rounding explains
// (roundingTolerance).
Distribution toDistribution(const std::vector<double>& shares, ShareScale scale);

}  // namespace canvass
