#pragma once

#include <cstdint>
#include <span>

#include "probes/asked_variant.h"

namespace canvass {

// Predictions with what a model does for an option's place or label taken out. All yield one
// prediction for each item of `asked.front()`, which is the original order.

// The mean of each item's shares over all orders in which it was asked. Where every option stood at
// every place equally often, a place's pull is spread evenly.
Predictions averagedOverOrders(std::span<const AskedVariant> asked);

struct PrideOptions {
  double calibrationShare = 0.05;  // of the items, drawn at random; at least one
  std::uint64_t seed = 0;
};

// PriDe (Zheng et al. 2024, ICLR): the prior of a place is estimated on a few items asked in all
// cyclic orders, as softmax over places of the mean log share that the option at the place gets,
// and averaged over those items, for each number of options by itself. Every other item's shares in
// the original order are divided by the prior of their places and summed to 1; the few are averaged
// over their orders. Only those need more than one pass of the model. A question whose number of
// options no drawn item has stays as it was.
Predictions debiasedByPride(std::span<const AskedVariant> asked, const PrideOptions& options = {});

// Contextual calibration (Zhao et al. 2021): each item's shares divided by those that the same
// population gives where nothing is asked (contentFree), and summed to 1.
Predictions debiasedByContext(const Predictions& original, const Predictions& nothingAsked);

}  // namespace canvass
