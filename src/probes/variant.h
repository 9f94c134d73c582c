#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

// One other way of asking the same items, to see whether the answers stay the same.
struct Variant {
  std::string name;  // "shifted by 1"
  // What is asked: items with the ids of the original survey, without observed distributions.
  // Questions, populations and items may be fewer.
  Survey survey;
  // For each question of `survey`: which option of the original question is at each position.
  std::vector<std::vector<std::size_t>> optionAt;
  std::string templateName = {};  // another template than the original's; empty for the same
  std::string answerPrefix = {};  // other words before the answer; empty for the template's own
};

// The original survey with its items in their order, nothing changed.
Variant unchanged(const Survey& survey, const std::string& name);

// What was predicted for a variant, with labels, probabilities and logits in the order of the
// original survey's options. Throws Error if a prediction does not belong to the variant.
Predictions inOriginalOrder(const Variant& variant, const Survey& original,
                            const Predictions& predictions);

}  // namespace canvass
