#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "pooling/pool.h"
#include "predictions/named_predictions.h"
#include "predictions/prediction_match.h"
#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

// Stacking (Wolpert 1992): the weights of several predictors are fitted on validation items, which
// none of them has learned from, and then applied to other items. Its inputs are what each
// predictor says of validation items and of items to be predicted.

// A kind of pool, and how well it does on questions that its weights were not fitted on.
struct PoolTrial {
  PoolKind kind;
  double similarity = 0.0;  // mean js_similarity in cross-validation
};

struct Stacking {
  Pool pool;                              // fitted on all validation items
  std::vector<PoolTrial> trials;          // of every kind; the pool's is the best of them
  std::vector<std::string> names;         // of the inputs
  std::vector<double> inputSimilarities;  // mean js_similarity of each input
  std::size_t items = 0;                  // validation items that all inputs have predicted
  std::size_t questions = 0;              // that these are of
  std::vector<Skipped> skipped;           // validation items that are not among them, each once
};

struct StackingOptions {
  // Of the cross-validation; all items of a question are in one fold, since the answers of one
  // population are informative about the next. At least 2.
  std::size_t folds = 5;
  std::uint64_t seed = 0;
};

// Fits both kinds of pool and keeps the one that does better in cross-validation. Throws Error if
// there are no inputs, or the validation items that all have predicted are of fewer questions than
// folds.
Stacking fitStacking(const Survey& validation, const std::vector<NamedPredictions>& inputs,
                     const StackingOptions& options = {});

struct CombinedPredictions {
  Predictions predictions;
  std::vector<Skipped> skipped;  // items that not all inputs have predicted
};

// Pools the inputs' predictions of the items; model is "combination" and the header lists its
// parts. Throws Error if an item is one of the validation items: its weights would have seen it.
CombinedPredictions combine(const Stacking& stacking, const Survey& validation, const Survey& items,
                            const std::vector<NamedPredictions>& inputs);

// The items that any of the inputs has predicted, except those of the validation survey, without
// observations. Questions and populations are those of the known surveys, or else have only ids and
// labels.
Survey itemsToCombine(const std::vector<NamedPredictions>& inputs, const Survey& validation,
                      const std::vector<const Survey*>& known);

}  // namespace canvass
