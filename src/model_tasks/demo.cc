#include "model_tasks/demo.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "engine/new_model.h"
#include "model_tasks/make_predictor.h"
#include "model_tasks/training_run.h"
#include "report/evaluation/evaluation_json.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

constexpr double heldOutShare = 0.1;

void clearEarlierDemo(const std::filesystem::path& folder, const DemoFiles& files) {
  if (std::filesystem::exists(folder) && !std::filesystem::exists(files.heldOut)) {
    throw Error("this folder is not from an earlier demo", folder.string(),
                "choose another with -o");
  }
  std::filesystem::remove_all(files.model);
  std::filesystem::remove_all(files.trained);
}

}  // namespace

DemoFiles::DemoFiles(const std::filesystem::path& folder)
    : model(folder / "model"),
      trained(folder / "trained"),
      train(folder / "train.jsonl"),
      heldOut(folder / "held-out.jsonl"),
      predictions(folder / "predictions.jsonl"),
      evaluation(folder / "evaluation.json") {}

Demo::Demo(DemoOptions options, const Survey& survey)
    : options_(std::move(options)), files_(options_.folder) {
  clearEarlierDemo(options_.folder, files_);
  split_ = holdOutCells(survey, heldOutShare, options_.seed);
  writeSurvey(split_.train, files_.train);
  writeSurvey(split_.heldOut, files_.heldOut);
}

void Demo::learn(Progress& progress, const EpochCallback& onEpoch) {
  createModel(split_.train, findModelSize("tiny"), options_.seed, files_.model);
  TrainingChoice choice;
  choice.model.model = openModel(files_.model);
  choice.model.threads = options_.threads;
  choice.model.device = "cpu";
  choice.seed = options_.seed;
  choice.trainFiles = {files_.train.string()};
  choice.output = files_.trained;
  TrainingRun(planTraining(choice)).train(split_.train, nullptr, progress, onEpoch);
}

RunEvaluation Demo::judge(Progress& progress) const {
  PredictorOptions options;
  options.model.model = openModel(files_.trained);
  options.model.threads = options_.threads;
  options.model.device = "cpu";
  const auto predictor = makePredictor(options, split_.heldOut);
  const Predictions predictions = predictAll(*predictor, split_.heldOut, progress);
  writePredictions(predictions, files_.predictions);
  RunEvaluation figures =
      evaluateRuns(split_.heldOut, {{"model", predictions}}, &split_.train).front();
  const Json json = runEvaluationToJson(split_.heldOut, figures);
  writeFileAtomically(files_.evaluation, json.dump(2) + "\n");
  return figures;
}

}  // namespace canvass
