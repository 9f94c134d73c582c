#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "survey/distribution.h"

namespace canvass {

// Pooling: one distribution out of those that several predictors have for an item.

enum class PoolKind {
  linear,       // sum over m of w_m q_m, the weights summing to 1
  logarithmic,  // proportional to the product over m of (q_m + 0.002)^w_m, each w_m at least 0: a
                // sum of weights above 1 sharpens, one below 1 flattens, as a temperature does
};

const char* poolName(PoolKind kind);

struct Pool {
  PoolKind kind = PoolKind::linear;
  std::vector<double> weights;  // by predictor
};

// An item that shows how good the predictors are. All distributions in the same order of options.
struct PoolItem {
  Distribution observed;
  std::vector<Distribution> predicted;  // by predictor, the same number in every item
};

// `predicted`: one distribution for each weight.
Distribution poolDistributions(const Pool& pool, const std::vector<Distribution>& predicted);

// The weights, none negative, with the least mean cross-entropy -sum p ln q over the items. For
// both kinds it is convex in the weights, so that there is no better one: the linear pool's are
// found by expectation and maximization (as those of a mixture of known components), the
// logarithmic pool's by projected Newton steps (Bertsekas 1982). Throws Error if there is no item,
// or no predictor.
Pool fitPool(PoolKind kind, const std::vector<PoolItem>& items);

}  // namespace canvass
