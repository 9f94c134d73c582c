#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "engine/scoring/scorer.h"
#include "engine/writing/written_predictions.h"
#include "model_tasks/timing.h"
#include "predictions/prediction_journal.h"
#include "predictions/predictor.h"

namespace canvass {

// The cost of scoring the options by an encoder.
struct OptionScoringWork {
  std::size_t items = 0;
  double seconds = 0.0;
};

// The cost of predicting, by kind of predictor.
struct PredictionWork {
  std::variant<ScoringWork, WrittenPredictWork, OptionScoringWork> cost;
  std::optional<Timing> timing = std::nullopt;  // if requested
};

// A predictor that computes with a model.
class ModelPredictor : public Predictor {
 public:
  // Predicts as predict() does, and returns the cost.
  virtual PredictionWork predictWithWork(const Survey& survey, const PredictionSink& sink,
                                         Progress& progress) const = 0;
  void predict(const Survey& survey, const PredictionSink& sink, Progress& progress) const final {
    predictWithWork(survey, sink, progress);
  }
  // What its answers depend on besides its source and the survey: files by a hash of their content.
  virtual AnswerDependencies dependencies() const = 0;
  // The same loaded model asked with another template, or with other words that open its answer;
  // what is empty stays unchanged. Throws Error if either does nothing with this kind of predictor.
  virtual std::unique_ptr<ModelPredictor> askedOtherwise(const std::string& templateName,
                                                         const std::string& answerPrefix) const = 0;
};

}  // namespace canvass
