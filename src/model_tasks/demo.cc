#include "model_tasks/demo.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "base/paths.h"
#include "base/random.h"
#include "engine/new_model.h"
#include "model_tasks/make_predictor.h"
#include "model_tasks/training_run.h"
#include "report/evaluation/evaluation_json.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

constexpr double heldOutCells = 0.1;
constexpr double heldOutQuestions = 0.2;
constexpr const char* templateName = "question-first";
// Of an adapter for a given model: a few minutes for a small one.
constexpr std::size_t adapterEpochs = 2;
constexpr double adapterLearningRate = 5e-4;

void clearEarlierDemo(const std::filesystem::path& folder, const DemoFiles& files) {
  if (isThere(folder) && !isThere(files.heldOut)) {
    throw Error("this folder is not from an earlier demo", folder.string(),
                "choose another with -o");
  }
  removeWhole(files.model);
  removeWhole(files.trained);
  removeWhole(files.before);
}

Split holdOutQuestions(const Survey& survey, double share, std::uint64_t seed) {
  std::vector<std::string> ids;
  for (const Question& question : survey.questions) ids.push_back(question.id);
  RandomStream(seed, "demo questions").shuffle(ids);
  const double count = std::round(share * static_cast<double>(ids.size()));
  ids.resize(std::max<std::size_t>(1, static_cast<std::size_t>(count)));
  return splitSurvey(survey, {.questions = ids});
}

// Of questions that nobody was asked, some baselines have nothing to say.
void removeSilentBaselines(RunEvaluation& run) {
  for (std::size_t i = run.baselines.size(); i-- > 0;) {
    if (!run.baselines[i].evaluation.items.empty()) continue;
    const auto at = static_cast<std::ptrdiff_t>(i);
    run.baselines.erase(run.baselines.begin() + at);
    run.uncertainty.fromBaselines.erase(run.uncertainty.fromBaselines.begin() + at);
  }
}

}  // namespace

DemoFiles::DemoFiles(const std::filesystem::path& folder)
    : model(folder / "model"),
      trained(folder / "trained"),
      train(folder / "train.jsonl"),
      heldOut(folder / "held-out.jsonl"),
      before(folder / "before.jsonl"),
      predictions(folder / "predictions.jsonl"),
      evaluation(folder / "evaluation.json") {}

Demo::Demo(DemoOptions options, const Survey& survey)
    : options_(std::move(options)), files_(options_.folder) {
  clearEarlierDemo(options_.folder, files_);
  split_ = hasNewModel() ? holdOutCells(survey, heldOutCells, options_.seed)
                         : holdOutQuestions(survey, heldOutQuestions, options_.seed);
  writeSurvey(split_.train, files_.train);
  writeSurvey(split_.heldOut, files_.heldOut);
}

std::size_t Demo::epochs() const {
  return hasNewModel() ? findTrainingPreset("new-model").options().epochs : adapterEpochs;
}

ModelChoice Demo::choose(std::shared_ptr<const ModelFiles> model) const {
  ModelChoice choice;
  choice.model = std::move(model);
  choice.threads = options_.threads;
  choice.device = "cpu";
  return choice;
}

void Demo::askBefore(Progress& progress) const {
  PredictorOptions options;
  options.model = choose(options_.model);
  options.templateName = templateName;
  predict(options, files_.before, progress);
}

void Demo::learn(Progress& progress, const EpochCallback& onEpoch) const {
  TrainingChoice choice;
  choice.seed = options_.seed;
  choice.trainFiles = {files_.train.string()};
  choice.output = files_.trained;
  choice.overwrite = true;  // the demo's own folder
  if (hasNewModel()) {
    createModel(split_.train, findModelSize("tiny"), options_.seed, files_.model);
    choice.model = choose(openModel(files_.model));
  } else {
    choice.model = choose(options_.model);
    choice.method = TrainingMethod::lora;
    choice.templateName = templateName;
    choice.epochs = adapterEpochs;
    choice.learningRate = adapterLearningRate;
  }
  TrainingRun(planTraining(choice)).train(split_.train, nullptr, progress, onEpoch);
}

Predictions Demo::predict(const PredictorOptions& options, const std::filesystem::path& file,
                          Progress& progress) const {
  const auto predictor = makePredictor(options, split_.heldOut);
  Predictions predictions = predictAll(*predictor, split_.heldOut, progress);
  writePredictions(predictions, file);
  return predictions;
}

std::vector<RunEvaluation> Demo::judge(Progress& progress) const {
  PredictorOptions options;
  options.model = choose(hasNewModel() ? openModel(files_.trained) : options_.model);
  if (!hasNewModel()) options.model.adapter = openModel(files_.trained);
  std::vector<NamedPredictions> runs = {
      {hasNewModel() ? "model" : "specialized", predict(options, files_.predictions, progress)}};
  if (!hasNewModel()) runs.push_back({"before", readPredictions(files_.before)});
  std::vector<RunEvaluation> figures = evaluateRuns(split_.heldOut, runs, &split_.train);
  for (RunEvaluation& run : figures) removeSilentBaselines(run);
  const Json json = runEvaluationToJson(split_.heldOut, figures.front());
  writeFileAtomically(files_.evaluation, jsonText(json, 2) + "\n");
  return figures;
}

}  // namespace canvass
