#include "model_cli/training.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "cli/terminal_progress.h"
#include "engine/training/first_token_training.h"
#include "engine/training/run_record.h"
#include "option_scorer/scorer_training.h"

namespace canvass {
namespace {

std::string epochText(const EpochRecord& record, std::size_t epochs, bool isBest) {
  std::string text =
      fmt::format("epoch {}/{}: loss {:.4f}", record.epoch, epochs, record.trainLoss);
  if (record.validLoss) {
    text += fmt::format(", valid loss {:.4f}, valid js_similarity {:.4f}", *record.validLoss,
                        *record.validSimilarity);
    if (isBest) text += " (best)";
  }
  return text +
         fmt::format(", {:.0f} items/s, {}", record.itemsPerSecond, durationText(record.seconds));
}

LanguageModel load(const TrainingPlan& plan) {
  TerminalProgress progress("loading", "bytes");
  return loadForFineTuning(plan.model, plan.fineTuning, plan.options.seed, progress);
}

}  // namespace

TrainOptions newModelTrainOptions() {
  TrainOptions options;
  options.asking = findTemplate("question-first");
  options.epochs = 40;
  options.batchSize = 128;
  options.runLength = 8;
  options.learningRate = 3e-3;
  options.weightDecay = 0.1;
  options.secondMomentDecay = 0.99;
  options.warmUpShare = 0.05;
  options.schedule = Schedule::cosine;
  return options;
}

namespace {

// Where a run that keeps its epochs keeps its state too.
std::filesystem::path stateFile(const TrainingPlan& plan) {
  return plan.output / "checkpoints" / "state.safetensors";
}

std::string historyText(const std::vector<EpochRecord>& records) {
  std::string lines;
  for (const EpochRecord& record : records) lines += historyLine(record).dump() + "\n";
  return lines;
}

// Trains by `train(onEpoch, state)` and keeps what `save(folder)` writes, with run.json and
// history.jsonl.
template <typename Train, typename Save>
Json recordTraining(const TrainingPlan& plan, const RunMethod& method, bool validates,
                    TerminalProgress& progress, Train train, Save save) {
  TrainingState state =
      plan.resume ? loadTrainingState(stateFile(plan)) : TrainingState(plan.options.seed);
  std::string history = historyText(state.history);
  const auto onEpoch = [&](const EpochRecord& record, bool isBest) {
    progress.message(epochText(record, plan.options.epochs, isBest));
    history += historyText({record});
    writeFileAtomically(plan.output / "history.jsonl", history);
    if (plan.keepEpochs) {
      save(plan.output / "checkpoints" / fmt::format("epoch-{}", record.epoch));
      saveTrainingState(state, stateFile(plan));
    }
    if (isBest && validates) save(plan.output);
  };
  const TrainResult result = train(onEpoch, state);
  save(plan.output);
  const RunSources sources{CANVASS_VERSION, plan.model.model, plan.trainFiles, plan.validFiles};
  const Json record = toJson(runRecord(sources, plan.options, method, result));
  writeFileAtomically(plan.output / "run.json", record.dump(2) + "\n");
  progress.message(fmt::format("{}epoch {}'s weights are in {}",
                               result.interrupted ? "interrupted; " : "", result.bestEpoch,
                               plan.output.string()));
  return record;
}

}  // namespace

Json runTraining(const TrainingPlan& plan, const Survey& survey, const Survey* valid) {
  LanguageModel model = load(plan);
  TerminalProgress progress("training", "items");
  const auto& adapter = plan.fineTuning.adapter;
  return recordTraining(
      plan, {adapter ? "lora" : "full", precisionName(model.precision), adapter}, valid != nullptr,
      progress,
      [&](const EpochCallback& onEpoch, TrainingState& state) {
        return train(model, survey, valid, plan.options, progress, onEpoch, &state);
      },
      [&](const std::filesystem::path& folder) { saveFineTuned(model, plan.fineTuning, folder); });
}

Json runScorerTraining(const TrainingPlan& plan, bool withEncoder, const Survey& survey,
                       const Survey* valid) {
  OptionScorer scorer(plan.model.model, withEncoder);
  const ScorerTraining training{.options = plan.options,
                                .headDropout = plan.dropout,
                                .encoderDropout = withEncoder ? plan.dropout : 0.0};
  TerminalProgress progress("training", "items");
  return recordTraining(
      plan, {withEncoder ? "full" : "head", precisionName(Precision::float32), {}, plan.dropout},
      valid != nullptr, progress,
      [&](const EpochCallback& onEpoch, TrainingState& state) {
        return train(scorer, survey, valid, training, progress, onEpoch, &state);
      },
      [&](const std::filesystem::path& folder) { scorer.save(folder); });
}

}  // namespace canvass
