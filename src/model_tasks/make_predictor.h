#pragma once

#include <memory>

#include "base/progress.h"
#include "model_tasks/model_predictor.h"
#include "model_tasks/predictor_options.h"

namespace canvass {

// Loads the model and makes the predictor that the options ask for: for a decoder whose first token
// is read, for a decoder whose text is read, or for an encoder whose head scores the options. Sets
// the number of threads of all later computation. Progress counts bytes.
//
// `toPredict`: all items that will be predicted, which are never shown as evidence. Throws
// Error naming an option that does nothing with this kind of predictor (planAsking), before the
// model is loaded.
std::unique_ptr<ModelPredictor> makePredictor(const PredictorOptions& options,
                                              const Survey& toPredict,
                                              Progress& progress = noProgress());

}  // namespace canvass
