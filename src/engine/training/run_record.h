#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "engine/training/train_options.h"
#include "engine/training/trainer.h"
#include "model_files/adapter_config.h"
#include "model_files/model_files.h"

namespace canvass {

// What run.json needs beside the options: where everything came from.
struct RunSources {
  std::string canvassVersion;
  std::shared_ptr<const ModelFiles> model;
  std::vector<std::string> trainFiles;
  std::vector<std::string> validFiles;
};

// How a model was trained.
struct RunMethod {
  std::string name;       // "lora", "full", "head"
  std::string precision;  // "fp32", "bf16"
  std::optional<AdapterConfig> adapter;
};

// run.json: all settings, versions, hashes of data and model, seed, and how the run ended: enough
// to run it again. Hashing reads the model's files once.
Json runRecord(const RunSources& sources, const TrainOptions& options, const RunMethod& method,
               const TrainResult& result);

// A line of history.jsonl.
Json historyLine(const EpochRecord& record);

// The template that the model or adapter was trained with, if its run.json says so.
std::optional<std::string> trainedTemplate(const ModelFiles& model);

}  // namespace canvass
