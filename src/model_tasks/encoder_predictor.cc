#include "model_tasks/encoder_predictor.h"

#include "base/file.h"
#include "base/stopwatch.h"
#include "model_tasks/asking_plan.h"

namespace canvass {

EncoderPredictor::EncoderPredictor(const PredictorOptions& options, Progress& progress)
    : options_(options),
      scorer_(std::make_shared<const OptionScorer>(options.model.model, false, progress)) {
  scorer_->requireHead();
}

PredictionWork EncoderPredictor::predictWithWork(const Survey& survey, const PredictionSink& sink,
                                                 Progress& progress) const {
  const Stopwatch watch;
  OptionScoringWork work;
  const auto count = [&](const std::vector<Prediction>& some) {
    sink(some);
    work.items += some.size();
  };
  scorer_->predict(survey, count, progress);
  work.seconds = watch.seconds();
  return {work};
}

AnswerDependencies EncoderPredictor::dependencies() const {
  return {{"files of the model", sha256(scorer_->files->identity())}};
}

// An encoder reads neither a template nor a prefix: the plan refuses the one given by name.
std::unique_ptr<ModelPredictor> EncoderPredictor::askedOtherwise(
    const std::string& templateName, const std::string& answerPrefix) const {
  PredictorOptions other = options_;
  if (!templateName.empty()) other.templateName = templateName;
  other.answerPrefix = answerPrefix;
  planAsking(other);
  return std::make_unique<EncoderPredictor>(*this);
}

}  // namespace canvass
