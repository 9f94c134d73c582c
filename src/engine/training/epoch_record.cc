#include "engine/training/epoch_record.h"

#include <nlohmann/json.hpp>

#include "base/json_count.h"

namespace canvass {
namespace {

// The shares add up to 1. Products of the adapters' and of trained weights' backward passes are in
// the rest, being torch's own.
Json workJson(const EpochRecord& record) {
  const OperationTimes& spent = record.operations;
  const double seconds = spent.workerSeconds;
  return {{"computed_tokens", record.computedTokens},
          {"workers", record.workers.workers},
          {"product_share", spent.productSeconds / seconds},
          {"attention_share", spent.attentionSeconds / seconds},
          {"rest_share", spent.restSeconds() / seconds},
          {"gflops", spent.productOperations / record.seconds / 1e9}};
}

std::optional<double> optionalNumber(const Json& json, const char* key, const std::string& where) {
  if (!json.contains(key)) return std::nullopt;
  return requireKey<double>(json, key, where);
}

}  // namespace

Json historyLine(const EpochRecord& record) {
  Json json = {{"epoch", record.epoch},          {"updates", record.updates},
               {"train_loss", record.trainLoss}, {"learning_rate", record.learningRate},
               {"seconds", record.seconds},      {"items_per_second", record.itemsPerSecond}};
  if (record.operations.workerSeconds > 0.0) json["work"] = workJson(record);
  if (record.validLoss) json["valid_loss"] = *record.validLoss;
  if (record.validSimilarity) json["valid_js_similarity"] = *record.validSimilarity;
  return json;
}

Json epochRecordToJson(const EpochRecord& record) {
  Json json = {{"epoch", record.epoch},
               {"updates", record.updates},
               {"train_loss", record.trainLoss},
               {"learning_rate", record.learningRate},
               {"seconds", record.seconds},
               {"items_per_second", record.itemsPerSecond},
               {"computed_tokens", record.computedTokens},
               {"workers", record.workers.workers},
               {"threads_each", record.workers.threadsEach},
               {"worker_seconds", record.operations.workerSeconds},
               {"product_seconds", record.operations.productSeconds},
               {"product_operations", record.operations.productOperations},
               {"attention_seconds", record.operations.attentionSeconds}};
  if (record.validLoss) json["valid_loss"] = *record.validLoss;
  if (record.validSimilarity) json["valid_js_similarity"] = *record.validSimilarity;
  return json;
}

EpochRecord epochRecordFromJson(const Json& json, const std::string& where) {
  const auto number = [&](const char* key) { return requireKey<double>(json, key, where); };
  const auto count = [&](const char* key) { return requireCount(json, key, where); };
  EpochRecord record;
  record.epoch = count("epoch");
  record.updates = count("updates");
  record.trainLoss = number("train_loss");
  record.validLoss = optionalNumber(json, "valid_loss", where);
  record.validSimilarity = optionalNumber(json, "valid_js_similarity", where);
  record.learningRate = number("learning_rate");
  record.seconds = number("seconds");
  record.itemsPerSecond = number("items_per_second");
  record.computedTokens = count("computed_tokens");
  record.workers = {count("workers"), static_cast<int>(count("threads_each"))};
  record.operations.workerSeconds = number("worker_seconds");
  record.operations.productSeconds = number("product_seconds");
  record.operations.productOperations = number("product_operations");
  record.operations.attentionSeconds = number("attention_seconds");
  return record;
}

}  // namespace canvass
