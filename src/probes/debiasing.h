#pragma once

#include <cstdint>
#include <span>

#include "probes/asked_variant.h"

namespace canvass {

// Predictions with the model's bias for an option's position or label removed. All yield one
// prediction for each item of `asked.front()`, which is the original order.

// The mean of each item's shares over all orders in which it was asked. If every option was at
// every position equally often, a position's pull is spread evenly.
Predictions averagedOverOrders(std::span<const AskedVariant> asked);

struct PrideOptions {
  double calibrationShare = 0.05;  // of the items, drawn at random; at least one
  std::uint64_t seed = 0;
};

// PriDe (Zheng et al. 2024, ICLR): the prior of a position is estimated on a few items asked in all
// cyclic orders, as softmax over positions of the mean log share that the option at the position
// gets, and averaged over those items, separately for each number of options. Every other item's
// shares in the original order are divided by the prior of their positions and normalized to sum to
// 1; the few are averaged over their orders. Only those need more than one pass of the model. A
// question is left unchanged if no drawn item has its number of options.
Predictions debiasedByPride(std::span<const AskedVariant> asked, const PrideOptions& options = {});

// Contextual calibration (Zhao et al. 2021): each item's shares divided by those that the same
// population gives when nothing is asked (contentFree), and normalized to sum to 1.
Predictions debiasedByContext(const Predictions& original, const Predictions& nothingAsked);

}  // namespace canvass
