#pragma once

#include <filesystem>
#include <memory>

#include "base/progress.h"
#include "engine/training/run_record.h"
#include "engine/training/trainer.h"
#include "model_tasks/training_plan.h"
#include "survey/survey.h"

namespace canvass {

// A loaded model that can learn from a survey, whatever its kind.
class ModelLearner {
 public:
  virtual ~ModelLearner() = default;
  // Continues from the state, and updates it.
  virtual TrainResult train(const Survey& survey, const Survey* valid, Progress& progress,
                            const EpochCallback& onEpoch, TrainingState& state) = 0;
  // Writes what was trained.
  virtual void save(const std::filesystem::path& folder) const = 0;
  virtual RunMethod method() const = 0;
};

// A training run with everything it writes: the trained files, run.json, history.jsonl.
class TrainingRun {
 public:
  // Loads the model and sets the number of threads of all later computation. Progress counts bytes.
  explicit TrainingRun(const TrainingPlan& plan, Progress& progress = noProgress());

  // Trains, writing the best weights as they come, so that a killed run leaves its best epoch.
  // `valid` may be null. Progress counts items.
  RunRecord train(const Survey& survey, const Survey* valid, Progress& progress = noProgress(),
                  const EpochCallback& onEpoch = {});

 private:
  void keepEpoch(const EpochRecord& record, const TrainingState& state) const;

  TrainingPlan plan_;
  std::unique_ptr<ModelLearner> learner_;
};

}  // namespace canvass
