#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/json_count.h"
#include "engine/training/run_record.h"

namespace canvass {
namespace {

Json adapterSettings(const AdapterConfig& adapter) {
  return {{"rank", adapter.rank},
          {"alpha", adapter.alpha},
          {"dropout", adapter.dropout},
          {"targets", adapter.targets}};
}

AdapterConfig adapterFromJson(const Json& json, const std::string& where) {
  AdapterConfig adapter;
  adapter.rank = requireKey<std::int64_t>(json, "rank", where);
  adapter.alpha = requireKey<double>(json, "alpha", where);
  adapter.dropout = requireKey<double>(json, "dropout", where);
  adapter.targets = requireKey<std::vector<std::string>>(json, "targets", where);
  return adapter;
}

Json settingsToJson(const RunRecord& record) {
  const TrainOptions& options = record.options;
  Json json = {{"method", record.method.name}};
  if (record.templateName) json["template"] = *record.templateName;
  json["precision"] = record.method.precision;
  json["loss"] = lossName(options.loss);
  if (options.loss == LossKind::shift) json["shift_weight"] = options.shiftWeight;
  json["recompute"] = options.recompute;
  json["epochs"] = options.epochs;
  json["batch_size"] = options.batchSize;
  json["run_length"] = options.runLength;
  json["learning_rate"] = options.learningRate;
  json["weight_decay"] = options.weightDecay;
  json["beta2"] = options.secondMomentDecay;
  json["warm_up_share"] = options.warmUpShare;
  json["schedule"] = scheduleName(options.schedule);
  json["epoch_decay"] = options.epochDecay;
  json["gradient_clip"] = options.gradientClip;
  json["patience"] = options.patience;
  json["token_budget"] = options.forest.tokenBudget;
  json["minimum_shared_prefix"] = options.forest.minimumSharedPrefix;
  json["seed"] = options.seed;
  if (record.method.adapter) json["lora"] = adapterSettings(*record.method.adapter);
  if (record.method.dropout) json["dropout"] = *record.method.dropout;
  return json;
}

void readSettings(const Json& json, RunRecord& record, const std::string& where) {
  const auto number = [&](const char* key) { return requireKey<double>(json, key, where); };
  const auto count = [&](const char* key) { return requireCount(json, key, where); };
  const auto text = [&](const char* key) { return requireKey<std::string>(json, key, where); };
  TrainOptions& options = record.options;
  record.method.name = text("method");
  if (json.contains("template")) record.templateName = text("template");
  record.method.precision = text("precision");
  options.loss = parseLoss(text("loss"));
  options.shiftWeight = optionalKey<double>(json, "shift_weight", options.shiftWeight, where);
  options.recompute = optionalKey<bool>(json, "recompute", options.recompute, where);
  options.epochs = count("epochs");
  options.batchSize = count("batch_size");
  options.runLength = count("run_length");
  options.learningRate = number("learning_rate");
  options.weightDecay = number("weight_decay");
  options.secondMomentDecay = number("beta2");
  options.warmUpShare = number("warm_up_share");
  options.schedule = parseSchedule(text("schedule"));
  options.epochDecay = number("epoch_decay");
  options.gradientClip = number("gradient_clip");
  options.patience = count("patience");
  options.forest = {count("token_budget"), count("minimum_shared_prefix")};
  options.seed = static_cast<std::uint64_t>(requireKey<std::int64_t>(json, "seed", where));
  if (json.contains("lora")) record.method.adapter = adapterFromJson(json["lora"], where);
  if (json.contains("dropout")) record.method.dropout = number("dropout");
}

Json hashesToJson(const FileHashes& hashes) {
  Json json = Json::object();
  for (const auto& [file, hash] : hashes) json[file] = hash;
  return json;
}

FileHashes hashesFromJson(const Json& json, const std::string& where) {
  FileHashes hashes;
  for (const auto& [file, hash] : json.items()) {
    hashes.emplace_back(file, requireKey<std::string>(json, file.c_str(), where));
  }
  return hashes;
}

bool sameContent(const FileHashes& one, const FileHashes& other) {
  return std::ranges::equal(one, other, {}, &FileHashes::value_type::second,
                            &FileHashes::value_type::second);
}

Json modelToJson(const RunRecord& record) {
  Json json = {{"folder", record.modelFolder}};
  if (!record.modelCommit.empty()) json["commit"] = record.modelCommit;
  json["sha256"] = hashesToJson(record.modelFiles);
  return json;
}

const Json& requireObject(const Json& json, const char* key, const std::string& where) {
  const auto found = json.find(key);
  if (found != json.end() && found->is_object()) return *found;
  throw Error(fmt::format("\"{}\" must be an object", key), where);
}

}  // namespace

Json toJson(const RunRecord& record) {
  return {
      {"canvass", "run"},
      {"version", 1},
      {"versions", {{"canvass", record.canvassVersion}, {"torch", record.torchVersion}}},
      {"settings", settingsToJson(record)},
      {"model", modelToJson(record)},
      {"data",
       {{"train", hashesToJson(record.trainFiles)}, {"valid", hashesToJson(record.validFiles)}}},
      {"result",
       {{"trained_items", record.trainedItems},
        {"epochs", record.epochs},
        {"best_epoch", record.bestEpoch},
        {"stopped_early", record.stoppedEarly},
        {"interrupted", record.interrupted},
        {"peak_memory_mb", record.peakMemoryMegabytes}}}};
}

std::vector<std::string> differences(const RunRecord& one, const RunRecord& other) {
  std::vector<std::string> names;
  Json settings = settingsToJson(one);
  const Json others = settingsToJson(other);
  for (const auto& [key, value] : others.items()) {
    if (!settings.contains(key) || settings[key] != value) names.push_back(key);
    settings.erase(key);
  }
  for (const auto& [key, value] : settings.items()) names.push_back(key);
  if (!sameContent(one.modelFiles, other.modelFiles)) names.emplace_back("model");
  if (!sameContent(one.trainFiles, other.trainFiles)) names.emplace_back("train");
  if (!sameContent(one.validFiles, other.validFiles)) names.emplace_back("valid");
  return names;
}

// The first versions did not write recompute and peak_memory_mb.
RunRecord runRecordFromJson(const Json& json, const std::string& where) {
  RunRecord record;
  const Json& versions = requireObject(json, "versions", where);
  record.canvassVersion = requireKey<std::string>(versions, "canvass", where);
  record.torchVersion = requireKey<std::string>(versions, "torch", where);
  readSettings(requireObject(json, "settings", where), record, where);
  const Json& model = requireObject(json, "model", where);
  record.modelFolder = requireKey<std::string>(model, "folder", where);
  record.modelCommit = optionalKey<std::string>(model, "commit", "", where);
  record.modelFiles = hashesFromJson(requireObject(model, "sha256", where), where);
  const Json& data = requireObject(json, "data", where);
  record.trainFiles = hashesFromJson(requireObject(data, "train", where), where);
  record.validFiles = hashesFromJson(requireObject(data, "valid", where), where);
  const Json& result = requireObject(json, "result", where);
  record.trainedItems = requireCount(result, "trained_items", where);
  record.epochs = requireCount(result, "epochs", where);
  record.bestEpoch = requireCount(result, "best_epoch", where);
  record.stoppedEarly = requireKey<bool>(result, "stopped_early", where);
  record.interrupted = requireKey<bool>(result, "interrupted", where);
  record.peakMemoryMegabytes = optionalKey<double>(result, "peak_memory_mb", 0.0, where);
  return record;
}

}  // namespace canvass
