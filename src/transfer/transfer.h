#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "predictions/predictions.h"
#include "survey/survey.h"
#include "transfer/transfer_model.h"

namespace canvass {

// One way of correcting, and how well it predicts observed items that it has not seen.
struct TransferCandidate {
  std::string name;
  double similarity = 0.0;  // mean js_similarity in cross-validation
};

// How the items of one kind were corrected.
struct TransferChoice {
  NewPart part = NewPart::cell;
  std::size_t items = 0;                      // corrected
  std::size_t validated = 0;                  // observed items that the candidates predicted
  std::vector<TransferCandidate> candidates;  // the first leaves predictions as they are
  std::size_t chosen = 0;
};

struct TransferredPredictions {
  Predictions predictions;              // of the items that were not observed, in their order
  std::vector<TransferChoice> choices;  // in the order of NewPart, those that there are items of
  std::size_t unchanged = 0;            // items of a new question and a new population at once
};

// Corrects predictions of items that were not observed by the predictions and answers of those that
// were: learned across questions from what the same people answered to others, across populations
// from what others answered to the same, or both. How is chosen by ten-fold cross-validation over
// what is new: whole questions, whole families of populations, or cells. Throws Error if nothing
// predicted was observed, or everything was.
TransferredPredictions transferPredictions(const Survey& observed, const Predictions& predictions,
                                           std::uint64_t seed);

}  // namespace canvass
