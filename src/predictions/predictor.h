#pragma once

#include <functional>
#include <vector>

#include "base/progress.h"
#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

// Takes predictions as they come, a few at a time, in no particular order, with no concurrent
// calls.
using PredictionSink = std::function<void(const std::vector<Prediction>&)>;

// Whatever turns a survey into predictions: the first token of a language model or what it writes,
// an encoder with a head, a baseline, a pool of others. How it does so, and each of its options, is
// fixed when it is constructed.
class Predictor {
 public:
  virtual ~Predictor() = default;

  // Where its predictions come from, as in the header of their file.
  virtual PredictionSource source() const = 0;
  // Hands the prediction of every item of the survey to `sink`, except for items that it knows
  // nothing about; stops early if progress requests it. Progress counts items.
  virtual void predict(const Survey& survey, const PredictionSink& sink,
                       Progress& progress) const = 0;
};

// The predictions of a survey's items in their order: those made so far if progress asked to stop.
Predictions predictAll(const Predictor& predictor, const Survey& survey,
                       Progress& progress = noProgress());

}  // namespace canvass
