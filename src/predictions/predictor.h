#pragma once

#include <functional>
#include <vector>

#include "base/progress.h"
#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

// Takes predictions as they come, some at a time, in no particular order, never two calls at once.
using PredictionSink = std::function<void(const std::vector<Prediction>&)>;

// Whatever turns a survey into predictions: the first token of a language model or what it writes,
// an encoder with a head, a baseline, a pool of others. How it does so, and every option of it, is
// settled when it is made.
class Predictor {
 public:
  virtual ~Predictor() = default;

  // Where its predictions come from, as the header of their file says.
  virtual PredictionSource source() const = 0;
  // Hands the prediction of every item of the survey to `sink`, but for items that it knows nothing
  // of; stops early if progress asks to. Progress counts items.
  virtual void predict(const Survey& survey, const PredictionSink& sink,
                       Progress& progress) const = 0;
};

// The predictions of a survey's items in their order: those made so far if progress asked to stop.
Predictions predictAll(const Predictor& predictor, const Survey& survey,
                       Progress& progress = noProgress());

}  // namespace canvass
