#pragma once

#include <memory>
#include <string>

#include "asking/ask.h"
#include "engine/language_model.h"
#include "model_tasks/asking_plan.h"
#include "model_tasks/model_predictor.h"

namespace canvass {

// A loaded decoder, and how it is asked.
struct DecoderToAsk {
  std::shared_ptr<const LanguageModel> model;
  PredictorOptions options;
  EvidenceFor evidence;  // empty if there is none
  double loadSeconds = 0.0;
};

// What the predictors of a decoder have in common.
class DecoderPredictor : public ModelPredictor {
 public:
  explicit DecoderPredictor(DecoderToAsk asked) : asked_(std::move(asked)) {}

  AnswerDependencies dependencies() const override;
  std::unique_ptr<ModelPredictor> askedOtherwise(const std::string& templateName,
                                                 const std::string& answerPrefix) const override;

 protected:
  // The source with the evidence in words.
  PredictionSource withEvidence(PredictionSource source) const;

  DecoderToAsk asked_;
};

// Reads the distribution over the label tokens at the answer position.
class FirstTokenPredictor : public DecoderPredictor {
 public:
  FirstTokenPredictor(DecoderToAsk asked, const AskingPlan& plan);

  PredictionSource source() const override;
  PredictionWork predictWithWork(const Survey& survey, const PredictionSink& sink,
                                 Progress& progress) const override;

 private:
  PredictOptions options_;
  std::size_t itemsAtOnce_;
};

// Reads what the model writes.
class WrittenPredictor : public DecoderPredictor {
 public:
  WrittenPredictor(DecoderToAsk asked, const AskingPlan& plan);

  PredictionSource source() const override;
  PredictionWork predictWithWork(const Survey& survey, const PredictionSink& sink,
                                 Progress& progress) const override;

 private:
  WrittenPredictOptions options_;
};

// Whichever of the two the options ask for. Throws Error as planAsking does.
std::unique_ptr<ModelPredictor> decoderPredictor(DecoderToAsk asked);

}  // namespace canvass
