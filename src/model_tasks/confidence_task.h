#pragma once

#include <cstdint>
#include <memory>

#include "base/progress.h"
#include "confidence/confidence_scores.h"
#include "model_files/model_files.h"
#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

struct ConfidenceOptions {
  // Learns from the meaning of texts; null: from their words.
  std::shared_ptr<const ModelFiles> encoder;
  std::uint64_t seed = 0;  // of the folds
};

// Predictions with the confidence learned for them, and how good it is.
struct ConfidenceResult {
  Predictions predictions;
  std::size_t learnedFrom = 0;  // items
  double threshold = 0.0;       // the JS distance up to which an answer could be trusted
  double ridge = 0.0;
  // Compared with what people answered; over no items if nobody did. `topShare`: that of the
  // predicted top option, taken as a confidence.
  ConfidenceScores learned, topShare;
};

// Learns how far answers can be trusted (AuxiliaryModel) from the predictions of the items of
// `observed`, and gives a confidence to those of `items` that were not learned from. Throws Error
// if there are none.
ConfidenceResult learnConfidence(const Survey& observed, const Survey& items,
                                 const Predictions& predictions,
                                 const ConfidenceOptions& options = {},
                                 Progress& progress = noProgress());

}  // namespace canvass
