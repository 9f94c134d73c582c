#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/progress.h"
#include "confidence/answer_features.h"
#include "confidence/logistic_regression.h"
#include "predictions/prediction_match.h"
#include "predictions/predictions.h"
#include "survey/survey.h"
#include "text/text_embedder.h"

namespace canvass {

// Learns how far answers can be trusted, from nothing but the text of what was asked and answered,
// after APRICOT (Ulmer et al. 2024, ACL). An answer can be trusted if its JS distance from what
// people answered is at most the median over the items that are learned from.
//
// Targets are not each item's own outcome but the share of trusted answers among items with similar
// questions: the mean over all items, weighted by the squared similarity of the questions' texts
// (similarityTo). APRICOT takes clusters of sentence embeddings for it, and a fine-tuned encoder
// for the model. Here the model is a logistic regression: on the vectors of an encoder if there is
// one, which then also determines the similarity of questions, else on words, so that it needs no
// other model.
class AuxiliaryModel {
 public:
  // Learns from predictions of items of `observed`, of which there must be at least 20 that have
  // both. `encoder` may be null. The ridge is the one of 0.3, 1, 3, 10, 30 and 100 with the lowest
  // cross-entropy of outcomes in a fivefold cross-validation that keeps questions whole. Throws
  // Error for fewer items, or questions, than that, and if a text is too long for the encoder.
  AuxiliaryModel(const Survey& observed, const Predictions& predictions, std::uint64_t seed = 0,
                 std::shared_ptr<const TextEmbedder> encoder = nullptr,
                 Progress& progress = noProgress());

  // 0 to 1 for each answer: that it can be trusted.
  std::vector<double> confidencesIn(const std::vector<AnswerText>& answers) const;

  // The JS distance up to which an answer could be trusted.
  double threshold() const { return threshold_; }
  double ridge() const { return ridge_; }
  std::size_t items() const { return items_; }  // that were learned from
  const std::vector<Skipped>& skipped() const { return skipped_; }

 private:
  AuxiliaryModel(const Survey& observed, Matching matching, std::uint64_t seed,
                 std::shared_ptr<const TextEmbedder> encoder, Progress& progress);

  std::vector<Skipped> skipped_;
  std::size_t items_ = 0;
  double threshold_ = 0.0;
  double ridge_ = 0.0;
  std::unique_ptr<const AnswerFeatures> features_;
  LogisticModel model_;
};

}  // namespace canvass
