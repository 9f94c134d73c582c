#pragma once

#include <cstdint>
#include <filesystem>

#include "base/progress.h"
#include "designs/split.h"
#include "engine/training/trainer.h"
#include "evaluation/run_evaluation.h"

namespace canvass {

struct DemoOptions {
  std::filesystem::path folder = "canvass-demo";  // to write the demo to
  int threads = 0;                                // 0 for all processors
  std::uint64_t seed = 1;                         // of held-out cells and model
};

// The files and folders of the demo.
struct DemoFiles {
  explicit DemoFiles(const std::filesystem::path& folder);

  std::filesystem::path model, trained, train, heldOut, predictions, evaluation;
};

// The whole workflow on one survey: cells are held out, a new model learns the others and is
// evaluated on the held-out ones. Call its steps one after the other.
class Demo {
 public:
  // Holds out a tenth of the cells. Replaces the files of an earlier demo; throws Error if
  // something else is in the folder.
  Demo(DemoOptions options, const Survey& survey);

  const DemoFiles& files() const { return files_; }
  const Split& split() const { return split_; }
  void learn(Progress& progress = noProgress(), const EpochCallback& onEpoch = {});
  // Evaluates the model's predictions for the held-out cells, next to simple baselines.
  RunEvaluation judge(Progress& progress = noProgress()) const;

 private:
  DemoOptions options_;
  DemoFiles files_;
  Split split_;
};

}  // namespace canvass
