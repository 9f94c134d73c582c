#include "model_tasks/training_run.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "engine/training/fine_tuning.h"
#include "engine/training/first_token_training.h"
#include "engine/training/run_record.h"
#include "option_scorer/scorer_training.h"

namespace canvass {
namespace {

class DecoderLearner : public ModelLearner {
 public:
  DecoderLearner(const TrainingPlan& plan, Progress& progress)
      : fineTuning_{plan.adapter},
        options_(plan.options),
        model_(loadForFineTuning(plan.model, fineTuning_, options_.seed, progress)) {}

  TrainResult train(const Survey& survey, const Survey* valid, Progress& progress,
                    const EpochCallback& onEpoch) override {
    return canvass::train(model_, survey, valid, options_, progress, onEpoch);
  }
  void save(const std::filesystem::path& folder) const override {
    saveFineTuned(model_, fineTuning_, folder);
  }
  const char* precision() const override { return precisionName(model_.precision); }

 private:
  FineTuning fineTuning_;
  TrainOptions options_;
  LanguageModel model_;
};

class EncoderLearner : public ModelLearner {
 public:
  EncoderLearner(const TrainingPlan& plan, Progress& progress)
      : scorer_(plan.model.model, plan.method == TrainingMethod::full, progress) {
    training_.options = plan.options;
    training_.headDropout = plan.dropout;
    training_.encoderDropout = plan.method == TrainingMethod::full ? plan.dropout : 0.0;
  }

  TrainResult train(const Survey& survey, const Survey* valid, Progress& progress,
                    const EpochCallback& onEpoch) override {
    return canvass::train(scorer_, survey, valid, training_, progress, onEpoch);
  }
  void save(const std::filesystem::path& folder) const override { scorer_.save(folder); }
  const char* precision() const override { return precisionName(Precision::float32); }

 private:
  OptionScorer scorer_;
  ScorerTraining training_;
};

std::unique_ptr<ModelLearner> learnerOf(const TrainingPlan& plan, Progress& progress) {
  setThreads(plan.threads);
  if (plan.isEncoder) return std::make_unique<EncoderLearner>(plan, progress);
  return std::make_unique<DecoderLearner>(plan, progress);
}

}  // namespace

TrainingRun::TrainingRun(const TrainingPlan& plan, Progress& progress)
    : plan_(plan), learner_(learnerOf(plan, progress)) {}

Json TrainingRun::train(const Survey& survey, const Survey* valid, Progress& progress,
                        const EpochCallback& onEpoch) {
  std::string history;
  const auto keep = [&](const EpochRecord& record, bool isBest) {
    if (onEpoch) onEpoch(record, isBest);
    history += historyLine(record).dump() + "\n";
    writeFileAtomically(plan_.output / "history.jsonl", history);
    if (plan_.keepEpochs) {
      learner_->save(plan_.output / "checkpoints" / fmt::format("epoch-{}", record.epoch));
    }
    if (isBest && valid != nullptr) learner_->save(plan_.output);
  };
  const TrainResult result = learner_->train(survey, valid, progress, keep);
  learner_->save(plan_.output);
  const RunSources sources{CANVASS_VERSION, plan_.model.model, plan_.trainFiles, plan_.validFiles};
  const RunMethod method{methodName(plan_.method), learner_->precision(), plan_.adapter};
  const Json record = runRecord(sources, plan_.options, method, result);
  writeFileAtomically(plan_.output / "run.json", record.dump(2) + "\n");
  return record;
}

}  // namespace canvass
