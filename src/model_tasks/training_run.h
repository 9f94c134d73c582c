#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/json.h"
#include "base/progress.h"
#include "engine/training/trainer.h"
#include "model_tasks/training_plan.h"
#include "survey/survey.h"

namespace canvass {

// A loaded model that can learn from a survey, whatever its kind.
class ModelLearner {
 public:
  virtual ~ModelLearner() = default;
  virtual TrainResult train(const Survey& survey, const Survey* valid, Progress& progress,
                            const EpochCallback& onEpoch) = 0;
  // Writes what was trained.
  virtual void save(const std::filesystem::path& folder) const = 0;
  virtual const char* precision() const = 0;  // "fp32", "bf16"
};

// A training run with everything it writes: the trained files, run.json, history.jsonl.
class TrainingRun {
 public:
  // Loads the model and sets the threads of all later computation. Progress counts bytes.
  explicit TrainingRun(const TrainingPlan& plan, Progress& progress = noProgress());

  // Trains, writing the best weights as they come, so that a killed run leaves its best epoch.
  // Returns what is in run.json. `valid` may be null. Progress counts items.
  Json train(const Survey& survey, const Survey* valid, Progress& progress = noProgress(),
             const EpochCallback& onEpoch = {});

 private:
  TrainingPlan plan_;
  std::unique_ptr<ModelLearner> learner_;
};

}  // namespace canvass
