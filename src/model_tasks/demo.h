#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "base/progress.h"
#include "designs/split.h"
#include "engine/training/trainer.h"
#include "evaluation/run_evaluation.h"
#include "model_tasks/predictor_options.h"
#include "predictions/predictions.h"

namespace canvass {

struct DemoOptions {
  std::filesystem::path folder = "canvass-demo";  // to write the demo to
  std::shared_ptr<const ModelFiles> model;        // null: a new one, which knows nothing yet
  int threads = 0;                                // 0 for all processors
  std::uint64_t seed = 1;                         // of what is held out, and of a new model
};

// The files and folders of the demo.
struct DemoFiles {
  explicit DemoFiles(const std::filesystem::path& folder);

  std::filesystem::path model, trained, train, heldOut, before, predictions, evaluation;
};

// The whole workflow on one survey: a part is held out, a model learns the rest and is evaluated on
// that part. A new model has cells held out; a given one, which knows language and perhaps the
// world, whole questions, and is asked before it learns too. Call its steps one after the other.
class Demo {
 public:
  // Holds out a tenth of the cells, or a fifth of the questions. Replaces the files of an earlier
  // demo; throws Error if something else is in the folder.
  Demo(DemoOptions options, const Survey& survey);

  bool hasNewModel() const { return options_.model == nullptr; }
  const ModelFiles& model() const { return *options_.model; }  // the given one
  const DemoFiles& files() const { return files_; }
  const Split& split() const { return split_; }
  std::size_t epochs() const;

  // What the given model says before it learns.
  void askBefore(Progress& progress = noProgress()) const;
  void learn(Progress& progress = noProgress(), const EpochCallback& onEpoch = {}) const;
  // Evaluates the predictions for what is held out, next to simple baselines: those of the model
  // that has learned, and behind them those of before, if there are any.
  std::vector<RunEvaluation> judge(Progress& progress = noProgress()) const;

 private:
  Predictions predict(const PredictorOptions& options, const std::filesystem::path& file,
                      Progress& progress) const;
  ModelChoice choose(std::shared_ptr<const ModelFiles> model) const;

  DemoOptions options_;
  DemoFiles files_;
  Split split_;
};

}  // namespace canvass
