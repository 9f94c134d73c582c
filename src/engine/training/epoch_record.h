#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/json.h"
#include "engine/forest/workers.h"
#include "nn/operation_times.h"

namespace canvass {

// The outcome of one epoch of training.
struct EpochRecord {
  std::size_t epoch = 0;  // from 1
  std::size_t updates = 0;
  double trainLoss = 0.0;                 // mean over items, while training
  std::optional<double> validLoss;        // mean over items, after the epoch
  std::optional<double> validSimilarity;  // mean js_similarity
  double learningRate = 0.0;              // at the epoch's end
  double seconds = 0.0;                   // training only
  double itemsPerSecond = 0.0;
  std::size_t computedTokens = 0;  // in training, after sharing prefixes
  WorkerPlan workers;              // of the update with the most
  OperationTimes operations;       // in training; none where a task does not measure it
};

// A line of history.jsonl.
Json historyLine(const EpochRecord& record);

// Everything in the record, both ways. Reading throws Error at `where` for what is missing or of
// another kind.
Json epochRecordToJson(const EpochRecord& record);
EpochRecord epochRecordFromJson(const Json& json, const std::string& where);

}  // namespace canvass
