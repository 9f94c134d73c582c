#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "pooling/stacking.h"

namespace canvass {

// A baseline that learns from a training survey, under the name that `canvass baseline` gives it.
struct Learner {
  std::string_view name;
  Predictions (*predict)(const Survey& training, const Survey& items, std::uint64_t seed);
};

std::span<const Learner> learners();

// Throws Error naming all of them.
const Learner& learnerNamed(const std::string& name);

// What a baseline contributes to a combination. For validation items it learns from the training
// survey without any validation item and without any item to predict, so that its errors there are
// those of a predictor that has not seen them. For the items to predict it then learns from the
// validation items as well. Throws Error where training and validation surveys do not fit together.
StackingInput predictForStacking(const Learner& learner, const Survey& training,
                                 const Survey& validation, const Survey& items, std::uint64_t seed);

}  // namespace canvass
