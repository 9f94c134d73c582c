#pragma once

#include <cstdint>
#include <string_view>

#include "baselines/registry.h"
#include "pooling/stacking.h"

namespace canvass {

// A baseline that can be part of a combination: one that learns from training items. Throws Error
// for any other name.
const Baseline& learnerNamed(std::string_view name);

// What a baseline contributes to a combination. For validation items it learns from the training
// survey without any validation item and without any item to predict, so that its errors there are
// those of a predictor that has not seen them. For the items to predict it then learns from the
// validation items as well. Throws Error if training and validation surveys are incompatible.
NamedPredictions predictForStacking(const Baseline& learner, const Survey& training,
                                    const Survey& validation, const Survey& items,
                                    std::uint64_t seed);

}  // namespace canvass
