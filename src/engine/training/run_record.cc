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

FileHashes modelHashes(const std::filesystem::path& folder) {
  FileHashes hashes = {{"config.json", sha256OfFile(folder / "config.json")}};
  const WeightFiles weights(folder);
  for (const auto& path : weights.paths()) {
    hashes.emplace_back(path.filename().string(), sha256OfFile(path));
  }
  return hashes;
}

}  // namespace

RunRecord runRecord(const RunSources& sources, const TrainOptions& options, const RunMethod& method,
                    const TrainResult& result) {
  RunRecord record;
  record.canvassVersion = sources.canvassVersion;
  record.torchVersion = torchVersion();
  record.method = method;
  record.options = options;
  if (options.asking) record.templateName = options.asking->name();
  record.modelFolder = sources.model.string();
  record.modelFiles = modelHashes(sources.model);
  record.trainFiles = hashesOf(sources.trainFiles);
  record.validFiles = hashesOf(sources.validFiles);
  record.trainedItems = result.trainedItems;
  record.epochs = result.history.size();
  record.bestEpoch = result.bestEpoch;
  record.stoppedEarly = result.stoppedEarly;
  record.interrupted = result.interrupted;
  record.peakMemoryMegabytes = peakMemoryMegabytes();
  return record;
}

std::optional<RunRecord> readRunRecord(const std::filesystem::path& folder) {
  const auto path = folder / "run.json";
  if (!std::filesystem::exists(path)) return std::nullopt;
  const Json json = parseJson(readFile(path), path.string());
  // Others give the name to files of their own.
  if (!json.is_object() || json.value("canvass", "") != "run") return std::nullopt;
  return runRecordFromJson(json, path.string());
}

std::optional<std::string> trainedTemplate(const std::filesystem::path& folder) {
  const std::optional<RunRecord> record = readRunRecord(folder);
  return record ? record->templateName : std::nullopt;
}

}  // namespace canvass
