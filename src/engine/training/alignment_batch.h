#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "engine/forest/forest_plan.h"
#include "engine/scoring/encoded_prompt.h"
#include "engine/training/loss.h"
#include "model/decoder.h"

namespace canvass {

// Throws Error naming an item without an observed distribution, or a nominal question if the loss
// needs an order.
void checkItems(const Survey& survey, LossKind loss);

// js_similarity of the observed distribution to softmax over the item's own options, the first of
// the row `logits` [options, or more].
double logitSimilarity(const at::Tensor& logits, const Distribution& observed);

// Items ready to be aligned: prompts next to what the people answered.
struct AlignmentItems {
  std::vector<EncodedPrompt> prompts;
  std::vector<Distribution> observed;  // by item, as slots name it
  std::vector<std::size_t> groups;     // of each prompt: the question that it asks, or asks first
};

// A prompt for each item. Throws Error as checkItems() does.
AlignmentItems prepareItems(const LanguageModel& model, const Survey& survey,
                            const Template& asking, LossKind loss);

// How many slots the chosen prompts have.
std::size_t slotCount(const AlignmentItems& items, const std::vector<std::size_t>& chosen);

// The forests of the chosen prompts, and their workers; Forest::slots then refer to `items`.
ForestPlan planChosen(const AlignmentItems& items, const std::vector<std::size_t>& chosen,
                      const ForestOptions& options, int threads);

// The forward pass with a loss at its end: what training differentiates and validation reads.
struct Alignment {
  at::Tensor logits;  // [answers, options], on the processor
  Targets targets;
};
Alignment align(const Decoder& decoder, const AlignmentItems& items, const Forest& forest,
                ExecutionContext& context);

}  // namespace canvass
