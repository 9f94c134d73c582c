#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/training/train_options.h"
#include "model_files/adapter_config.h"
#include "model_tasks/predictor_options.h"
#include "model_tasks/training_presets.h"

namespace canvass {

// What a user chose for a training run. What is empty comes from the preset; train_options.h
// describes each option.
struct TrainingChoice {
  ModelChoice model;                  // without an adapter
  std::optional<std::string> preset;  // by default the one for what the model folder holds
  std::optional<TrainingMethod> method;
  std::optional<std::string> templateName;
  std::optional<LossKind> loss;
  std::optional<Schedule> schedule;
  std::optional<std::size_t> epochs, batchSize, runLength, patience;
  std::optional<double> shiftWeight, learningRate, weightDecay, secondMomentDecay, warmUpShare,
      epochDecay, gradientClip;
  std::optional<std::uint64_t> seed;
  ForestChoice forest;
  std::optional<std::int64_t> rank;
  std::optional<double> alpha, dropout;
  std::vector<std::string> targets;
  bool recompute = false;
  bool keepEpochs = false;  // every epoch's weights, and the run's state, under checkpoints/
  bool resume = false;      // continues from the state that an earlier run kept there
  bool overwrite = false;   // a model or adapter that is in the output folder
  std::vector<std::string> trainFiles;  // for the hashes in run.json
  std::vector<std::string> validFiles;  // empty if nothing is validated
  std::filesystem::path output;
};

// The same with all choices settled.
struct TrainingPlan {
  const TrainingPreset* preset = nullptr;  // whose settings were not overridden
  bool isEncoder = false;
  TrainingMethod method = TrainingMethod::lora;
  ModelOptions model;
  int threads = 0;
  TrainOptions options;
  std::optional<AdapterConfig> adapter;  // with TrainingMethod::lora
  double dropout = 0.0;                  // of an encoder and its head
  bool keepEpochs = false;
  bool resume = false;
  std::vector<std::string> trainFiles;
  std::vector<std::string> validFiles;
  std::filesystem::path output;
};

// Looks into the model folder; loads no model. Throws Error naming an option that would do nothing
// with this kind of model or method, for a method that does not fit its kind, and for an output
// folder with a model or adapter in it that is neither to be resumed nor overwritten.
TrainingPlan planTraining(const TrainingChoice& choice);

}  // namespace canvass
