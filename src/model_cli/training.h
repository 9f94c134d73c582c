#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/json.h"
#include "engine/training/fine_tuning.h"
#include "engine/training/train_options.h"
#include "survey/survey.h"

namespace canvass {

// A training run with everything it writes: the trained files, run.json, history.jsonl. Serves the
// verbs train and demo.
struct TrainingPlan {
  ModelOptions model;
  FineTuning fineTuning;
  TrainOptions options;
  std::vector<std::string> trainFiles;  // for the hashes in run.json
  std::vector<std::string> validFiles;
  std::filesystem::path output;
  bool keepEpochs = false;  // every epoch's weights, and the run's state, under checkpoints/
  bool resume = false;      // goes on from the state that an earlier run kept there
  double dropout = 0.0;     // of an encoder and its head
};

// Settings for a model that starts from random weights.
TrainOptions newModelTrainOptions();

// Trains, writing the best weights as they come, so that a killed run leaves its best epoch.
// Returns what is in run.json.
Json runTraining(const TrainingPlan& plan, const Survey& survey, const Survey* valid);
// The same for an encoder that learns to score options: its head alone, or the encoder too.
Json runScorerTraining(const TrainingPlan& plan, bool withEncoder, const Survey& survey,
                       const Survey* valid);

}  // namespace canvass
