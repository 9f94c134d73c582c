#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "engine/training/train_options.h"
#include "engine/training/trainer.h"
#include "model_files/adapter_config.h"
#include "model_files/model_files.h"

namespace canvass {

// What run.json needs in addition to the options: where everything came from.
struct RunSources {
  std::string canvassVersion;
  std::shared_ptr<const ModelFiles> model;
  std::vector<std::string> trainFiles;
  std::vector<std::string> validFiles;
};

// How a model was trained.
struct RunMethod {
  std::string name;       // "lora", "full", "head"
  std::string precision;  // "fp32", "bf16", "fp32, Q8_0 weights"
  std::optional<AdapterConfig> adapter;
  std::optional<double> dropout = std::nullopt;  // of an encoder and its head
};

// Files by name, each with its SHA-256.
using FileHashes = std::vector<std::pair<std::string, std::string>>;

// run.json: all settings, versions, hashes of data and model, seed, and how the run ended: enough
// to run it again.
struct RunRecord {
  std::string canvassVersion;
  std::string torchVersion;
  RunMethod method;
  TrainOptions options;                     // the template apart, which is given here by its name
  std::optional<std::string> templateName;  // nothing for an encoder, which reads no prompt
  std::string modelFolder;                  // or what the user named it
  std::string modelCommit;                  // of a model from the hub, else empty
  FileHashes modelFiles;
  FileHashes trainFiles;
  FileHashes validFiles;
  std::size_t trainedItems = 0;
  std::size_t epochs = 0;  // that were started
  std::size_t bestEpoch = 0;
  bool stoppedEarly = false;
  bool interrupted = false;
  double peakMemoryMegabytes = 0.0;
};

// The record of a run that is about to begin. Hashing reads the model's files once.
RunRecord beginRecord(const RunSources& sources, const TrainOptions& options,
                      const RunMethod& method);
// Adds how the run ended.
void endRecord(RunRecord& record, const TrainResult& result);

Json toJson(const RunRecord& record);
// Throws Error at `where` for what is missing or of another kind.
RunRecord runRecordFromJson(const Json& json, const std::string& where);

// What two runs must share if one goes on where the other ended, by name: settings, "model",
// "train", "valid". Files may have moved; their content must be the same.
std::vector<std::string> differences(const RunRecord& one, const RunRecord& other);

// The record of the run that made the model or adapter; nothing if there is none.
std::optional<RunRecord> readRunRecord(const ModelFiles& model);

// The template that the model or adapter was trained with, if its run.json says so.
std::optional<std::string> trainedTemplate(const ModelFiles& model);

}  // namespace canvass
