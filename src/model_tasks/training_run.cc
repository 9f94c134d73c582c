#include "model_tasks/training_run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "engine/training/fine_tuning.h"
#include "engine/training/first_token_training.h"
#include "engine/training/training_state.h"
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
                    const EpochCallback& onEpoch, TrainingState& state) override {
    return canvass::train(model_, survey, valid, options_, progress, onEpoch, &state);
  }
  void save(const std::filesystem::path& folder) const override {
    saveFineTuned(model_, fineTuning_, folder);
  }
  RunMethod method() const override {
    const auto& adapter = fineTuning_.adapter;
    return {methodName(adapter ? TrainingMethod::lora : TrainingMethod::full), precisionOf(model_),
            adapter};
  }

 private:
  FineTuning fineTuning_;
  TrainOptions options_;
  LanguageModel model_;
};

class EncoderLearner : public ModelLearner {
 public:
  EncoderLearner(const TrainingPlan& plan, Progress& progress)
      : method_(plan.method), scorer_(plan.model.model, method_ == TrainingMethod::full, progress) {
    training_.options = plan.options;
    training_.headDropout = plan.dropout;
    training_.encoderDropout = method_ == TrainingMethod::full ? plan.dropout : 0.0;
  }

  TrainResult train(const Survey& survey, const Survey* valid, Progress& progress,
                    const EpochCallback& onEpoch, TrainingState& state) override {
    return canvass::train(scorer_, survey, valid, training_, progress, onEpoch, &state);
  }
  void save(const std::filesystem::path& folder) const override { scorer_.save(folder); }
  RunMethod method() const override {
    return {methodName(method_), precisionName(Precision::float32), {}, training_.headDropout};
  }

 private:
  TrainingMethod method_;
  OptionScorer scorer_;
  ScorerTraining training_;
};

std::unique_ptr<ModelLearner> learnerOf(const TrainingPlan& plan, Progress& progress) {
  setThreads(plan.threads);
  if (plan.isEncoder) return std::make_unique<EncoderLearner>(plan, progress);
  return std::make_unique<DecoderLearner>(plan, progress);
}

std::filesystem::path checkpointsOf(const TrainingPlan& plan) {
  return plan.output / "checkpoints";
}

// Where a run that keeps its epochs also keeps its state.
std::filesystem::path stateFileOf(const TrainingPlan& plan) {
  return checkpointsOf(plan) / "state.safetensors";
}

// The record of how that run was started.
std::filesystem::path recordFileOf(const TrainingPlan& plan) {
  return checkpointsOf(plan) / "run.json";
}

// Runs started before such files were kept are trusted.
void requireSameRun(const TrainingPlan& plan, const RunRecord& record) {
  const auto begun = readRunRecord(*openModel(checkpointsOf(plan)));
  if (!begun) return;
  const std::vector<std::string> names = differences(*begun, record);
  if (names.empty()) return;
  throw Error(fmt::format("the run to resume was started with other {}", fmt::join(names, ", ")),
              recordFileOf(plan).string(),
              "give its options and files, or start over with --overwrite instead of --resume");
}

void writeRecord(const RunRecord& record, const std::filesystem::path& file) {
  writeFileAtomically(file, jsonText(toJson(record), 2) + "\n");
}

std::string historyText(const std::vector<EpochRecord>& records) {
  std::string lines;
  for (const EpochRecord& record : records) lines += jsonText(historyLine(record)) + "\n";
  return lines;
}

}  // namespace

TrainingRun::TrainingRun(const TrainingPlan& plan, Progress& progress)
    : plan_(plan), learner_(learnerOf(plan, progress)) {}

void TrainingRun::keepEpoch(const EpochRecord& record, const TrainingState& state) const {
  learner_->save(checkpointsOf(plan_) / fmt::format("epoch-{}", record.epoch));
  saveTrainingState(state, stateFileOf(plan_));
}

RunRecord TrainingRun::train(const Survey& survey, const Survey* valid, Progress& progress,
                             const EpochCallback& onEpoch) {
  const RunSources sources{CANVASS_VERSION, plan_.model.model, plan_.trainFiles, plan_.validFiles};
  RunRecord record = beginRecord(sources, plan_.options, learner_->method());
  if (plan_.resume) requireSameRun(plan_, record);
  if (plan_.keepEpochs) writeRecord(record, recordFileOf(plan_));
  TrainingState state =
      plan_.resume ? loadTrainingState(stateFileOf(plan_)) : TrainingState(plan_.options.seed);
  std::string history = historyText(state.history);
  const auto keep = [&](const EpochRecord& epoch, bool isBest) {
    if (onEpoch) onEpoch(epoch, isBest);
    history += historyText({epoch});
    writeFileAtomically(plan_.output / "history.jsonl", history);
    if (plan_.keepEpochs) keepEpoch(epoch, state);
    if (isBest && valid != nullptr) learner_->save(plan_.output);
  };
  const TrainResult result = learner_->train(survey, valid, progress, keep, state);
  learner_->save(plan_.output);
  endRecord(record, result);
  writeRecord(record, plan_.output / "run.json");
  return record;
}

}  // namespace canvass
