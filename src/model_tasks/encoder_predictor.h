#pragma once

#include <memory>
#include <string>

#include "model_tasks/model_predictor.h"
#include "model_tasks/predictor_options.h"
#include "option_scorer/option_scorer.h"

namespace canvass {

// An encoder whose head scores the options.
class EncoderPredictor : public ModelPredictor {
 public:
  // Progress counts bytes. Throws Error if the encoder was not trained to score options.
  EncoderPredictor(const PredictorOptions& options, Progress& progress);

  PredictionSource source() const override { return scorer_->source(); }
  PredictionWork predictWithWork(const Survey& survey, const PredictionSink& sink,
                                 Progress& progress) const override;
  AnswerDependencies dependencies() const override;
  std::unique_ptr<ModelPredictor> askedOtherwise(const std::string& templateName,
                                                 const std::string& answerPrefix) const override;

 private:
  PredictorOptions options_;
  std::shared_ptr<const OptionScorer> scorer_;
};

}  // namespace canvass
