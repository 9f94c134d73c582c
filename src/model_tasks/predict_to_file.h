#pragma once

#include <cstddef>
#include <filesystem>

#include "base/progress.h"
#include "model_tasks/model_predictor.h"

namespace canvass {

// The result of predicting a survey to a file.
struct PredictionRun {
  PredictionSource source;
  std::size_t items = 0;    // in the file
  std::size_t resumed = 0;  // of these, made by an earlier run that was interrupted
  PredictionWork work;
};

// Predicts every item of the survey into a predictions file, through a journal next to it
// (PredictionJournal): a run that is interrupted or killed continues from there when it is called
// again. Progress counts items and gets a message about what an earlier run left. Throws Error if
// progress asked to stop before the last item, and if an earlier run used another predictor.
PredictionRun predictToFile(const ModelPredictor& predictor, const Survey& survey,
                            const std::filesystem::path& output, Progress& progress = noProgress());

}  // namespace canvass
