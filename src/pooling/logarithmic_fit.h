#pragma once

#include <vector>

#include "pooling/pool.h"

namespace canvass {

// The parts of pool.h that concern the logarithmic pool.

// exp(sum over m of w_m ln(q_m + 0.002)), up to a factor: not yet summing to 1.
std::vector<double> logarithmicPool(const std::vector<double>& weights,
                                    const std::vector<Distribution>& predicted);

std::vector<double> fitLogarithmic(const std::vector<PoolItem>& items);

}  // namespace canvass
