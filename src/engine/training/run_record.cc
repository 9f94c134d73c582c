#include "engine/training/run_record.h"

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/memory.h"
#include "engine/training/fine_tuning.h"
#include "model_files/weight_files.h"

namespace canvass {
namespace {

Json hashesOf(const std::vector<std::string>& files) {
  Json hashes = Json::object();
  for (const std::string& file : files) hashes[file] = sha256OfFile(file);
  return hashes;
}

Json modelHashes(const ModelFiles& model) {
  Json hashes = {{"config.json", model.sha256Of("config.json")}};
  for (const auto& name : WeightFiles(model).names()) hashes[name] = model.sha256Of(name);
  return hashes;
}

Json adapterSettings(const AdapterConfig& adapter) {
  return {{"rank", adapter.rank},
          {"alpha", adapter.alpha},
          {"dropout", adapter.dropout},
          {"targets", adapter.targets}};
}

Json settings(const TrainOptions& options, const RunMethod& method) {
  Json json = {{"method", method.name},
               {"template", options.templateName},
               {"precision", method.precision},
               {"loss", lossName(options.loss)},
               {"recompute", options.recompute},
               {"epochs", options.epochs},
               {"batch_size", options.batchSize},
               {"run_length", options.runLength},
               {"learning_rate", options.learningRate},
               {"weight_decay", options.weightDecay},
               {"beta2", options.secondMomentDecay},
               {"warm_up_share", options.warmUpShare},
               {"schedule", scheduleName(options.schedule)},
               {"epoch_decay", options.epochDecay},
               {"gradient_clip", options.gradientClip},
               {"patience", options.patience},
               {"token_budget", options.forest.tokenBudget},
               {"minimum_shared_prefix", options.forest.minimumSharedPrefix},
               {"seed", options.seed}};
  if (method.adapter) json["lora"] = adapterSettings(*method.adapter);
  return json;
}

// Shares are of the time of all workers together; products of the adapters' and of trained weights'
// backward passes are not counted, being torch's own.
Json workJson(const EpochRecord& record) {
  const double seconds = record.seconds * static_cast<double>(record.workers.workers);
  const OperationTimes& spent = record.operations;
  return {{"computed_tokens", record.computedTokens},
          {"workers", record.workers.workers},
          {"product_share", spent.productSeconds / seconds},
          {"attention_share", spent.attentionSeconds / seconds},
          {"gflops", spent.productOperations / record.seconds / 1e9}};
}

}  // namespace

Json runRecord(const RunSources& sources, const TrainOptions& options, const RunMethod& method,
               const TrainResult& result) {
  return {
      {"canvass", "run"},
      {"version", 1},
      {"versions", {{"canvass", sources.canvassVersion}, {"torch", torchVersion()}}},
      {"settings", settings(options, method)},
      {"model", {{"folder", sources.model->describe()}, {"sha256", modelHashes(*sources.model)}}},
      {"data", {{"train", hashesOf(sources.trainFiles)}, {"valid", hashesOf(sources.validFiles)}}},
      {"result",
       {{"trained_items", result.trainedItems},
        {"epochs", result.history.size()},
        {"best_epoch", result.bestEpoch},
        {"stopped_early", result.stoppedEarly},
        {"interrupted", result.interrupted},
        {"peak_memory_mb", peakMemoryMegabytes()}}}};
}

Json historyLine(const EpochRecord& record) {
  Json json = {{"epoch", record.epoch},          {"updates", record.updates},
               {"train_loss", record.trainLoss}, {"learning_rate", record.learningRate},
               {"seconds", record.seconds},      {"items_per_second", record.itemsPerSecond},
               {"work", workJson(record)}};
  if (record.validLoss) json["valid_loss"] = *record.validLoss;
  if (record.validSimilarity) json["valid_js_similarity"] = *record.validSimilarity;
  return json;
}

std::optional<std::string> trainedTemplate(const ModelFiles& model) {
  constexpr const char* name = "run.json";
  if (!model.has(name)) return std::nullopt;
  const Json& record = model.json(name);
  const auto found = record.find("settings");
  if (found == record.end()) return std::nullopt;
  return requireKey<std::string>(*found, "template", model.describe(name));
}

}  // namespace canvass
