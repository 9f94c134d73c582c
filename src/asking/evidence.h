#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "baselines/training_table.h"
#include "prompt/template.h"
#include "survey/survey.h"
#include "text/text_similarity.h"

namespace canvass {

// Chooses which observed answers of a training survey a prompt shows: those to the most similar
// questions by the same population or the most similar ones. How well an answer fits is the product
// of two similarities:
//  - of the questions' texts (similarityTo);
//  - of the populations: 1 for the same one, else their mean js_similarity over the training
//    questions that both answered; if they share none, half of the share of attributes in which
//    they agree.
// Of equally good ones, the first in the survey.
//
// An item that is to be predicted is never evidence, neither for itself nor for another one, even
// if the training survey holds it. Several threads may use one source.
class EvidenceSource {
 public:
  // `toPredict`: all items whose answers are to be predicted. Evidence lives as long as this. With
  // `embedder`, questions are alike in meaning instead of in words. Throws Error if a text is not
  // UTF-8, or too long for the embedder.
  EvidenceSource(const Survey& training, const Survey& toPredict,
                 std::shared_ptr<const TextEmbedder> embedder = nullptr);
  EvidenceSource(const EvidenceSource&) = delete;
  EvidenceSource& operator=(const EvidenceSource&) = delete;

  // Up to `count` answers, the best fitting last, next to the question asked: fewer only if the
  // training survey has fewer that may be shown.
  std::vector<Evidence> forItem(const Question& question, const Population& population,
                                std::size_t count) const;

 private:
  using Similarities = std::unordered_map<std::string, std::vector<double>>;

  const std::vector<double>& questionSimilarities(const Question& question) const;
  const std::vector<double>& populationSimilarities(const Population& population) const;
  std::vector<double> similaritiesTo(const Population& population) const;

  Survey allowed_;  // the training survey with the answers that may be shown
  TrainingTable table_;
  std::shared_ptr<const TextEmbedder> embedder_;
  std::unique_ptr<const TextSimilarity> texts_;
  // By id, made when first needed and never changed after: what they hold stays valid.
  mutable std::mutex mutex_;
  mutable Similarities byQuestion_, byPopulation_;
};

}  // namespace canvass
