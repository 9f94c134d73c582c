#pragma once

#include <set>
#include <string>

#include "predictions/predictions.h"
#include "survey/jsonl.h"

// The lines of predictions.jsonl and of its journal.
namespace canvass {

void putSource(const PredictionSource& source, Json& header);
// Throws Error for a key that no header of predictions has.
PredictionSource sourceFromJson(const JsonLine& header);

Json predictionToJson(const Prediction& prediction);
Prediction predictionFromJson(const JsonLine& line);

// Throws Error at `where` for what PredictionWriter::write refuses; adds the item to `seen`.
void checkPrediction(const Prediction& prediction, std::set<ItemId>& seen,
                     const std::string& where);

}  // namespace canvass
