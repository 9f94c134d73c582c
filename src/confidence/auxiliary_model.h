#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "confidence/logistic_regression.h"
#include "confidence/word_features.h"
#include "stats/prediction_match.h"
#include "survey/predictions.h"
#include "survey/survey.h"

namespace canvass {

// Learns how far answers can be trusted from the text of what was asked and answered alone, after
// APRICOT (Ulmer et al. 2024, ACL). An answer can be trusted where its JS distance from what people
// answered is at most the median over the items that are learned from.
//
// Targets are not each item's own outcome but the share of trusted answers among items with similar
// questions: the mean over all items, weighted by the squared similarity of the questions' texts
// (TextSimilarity). APRICOT takes clusters of sentence embeddings for it, and a fine-tuned encoder
// for the model; here both are made of words, so that it needs no other model.
class AuxiliaryModel {
 public:
  // Learns from predictions of items of `observed`, of which there must be at least 20 that have
  // both. The ridge is the one of 0.3, 1, 3, 10, 30 and 100 with the least cross-entropy of
  // outcomes in a fivefold cross-validation that keeps questions whole. Throws Error for fewer
  // items, or questions, than that.
  AuxiliaryModel(const Survey& observed, const Predictions& predictions, std::uint64_t seed = 0);

  // 0 to 1: that the answer can be trusted.
  double confidenceIn(const Question& question, const Population& population,
                      const Distribution& predicted) const;

  // The JS distance up to which an answer could be trusted.
  double threshold() const { return threshold_; }
  double ridge() const { return ridge_; }
  std::size_t items() const { return items_; }  // that were learned from
  const std::vector<Skipped>& skipped() const { return skipped_; }

 private:
  AuxiliaryModel(const Survey& observed, Matching matching, std::uint64_t seed);

  std::vector<Skipped> skipped_;
  std::size_t items_ = 0;
  double threshold_ = 0.0;
  double ridge_ = 0.0;
  WordFeatures features_;
  LogisticModel model_;
};

}  // namespace canvass
