#include "engine/training/run_record.h"

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/memory.h"
#include "engine/training/fine_tuning.h"
#include "model_files/weight_files.h"

namespace canvass {
namespace {

FileHashes hashesOf(const std::vector<std::string>& files) {
  FileHashes hashes;
  for (const std::string& file : files) hashes.emplace_back(file, sha256OfFile(file));
  return hashes;
}

FileHashes modelHashes(const ModelFiles& model) {
  FileHashes hashes = {{"config.json", model.sha256Of("config.json")}};
  const WeightFiles weights(model);
  for (const auto& name : weights.names()) {
    hashes.emplace_back(name, model.sha256Of(name));
  }
  return hashes;
}

}  // namespace

RunRecord beginRecord(const RunSources& sources, const TrainOptions& options,
                      const RunMethod& method) {
  RunRecord record;
  record.canvassVersion = sources.canvassVersion;
  record.torchVersion = torchVersion();
  record.method = method;
  record.options = options;
  if (options.asking) record.templateName = options.asking->name();
  record.modelFolder = sources.model->describe();
  record.modelCommit = sources.model->commit();
  record.modelFiles = modelHashes(*sources.model);
  record.trainFiles = hashesOf(sources.trainFiles);
  record.validFiles = hashesOf(sources.validFiles);
  return record;
}

void endRecord(RunRecord& record, const TrainResult& result) {
  record.trainedItems = result.trainedItems;
  record.epochs = result.history.size();
  record.bestEpoch = result.bestEpoch;
  record.stoppedEarly = result.stoppedEarly;
  record.interrupted = result.interrupted;
  record.peakMemoryMegabytes = peakMemoryMegabytes();
}

std::optional<RunRecord> readRunRecord(const ModelFiles& model) {
  constexpr const char* name = "run.json";
  if (!model.has(name)) return std::nullopt;
  const Json& json = model.json(name);
  // Others give the name to files of their own.
  if (!json.is_object() || !json.contains("canvass") || json["canvass"] != "run") {
    return std::nullopt;
  }
  return runRecordFromJson(json, model.describe(name));
}

std::optional<std::string> trainedTemplate(const ModelFiles& model) {
  const std::optional<RunRecord> record = readRunRecord(model);
  return record ? record->templateName : std::nullopt;
}

}  // namespace canvass
