#include "engine/training/first_token_training.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <numeric>
#include <utility>

#include "base/error.h"
#include "base/stopwatch.h"
#include "engine/training/gradient_sum.h"

namespace canvass {
namespace {

std::vector<at::Tensor> trainableTensors(const Decoder& decoder) {
  std::vector<at::Tensor> trainable;
  for (const auto& [name, tensor] : decoder.parameters()) {
    if (tensor.requires_grad()) trainable.push_back(tensor);
  }
  if (trainable.empty()) throw Error("the model has no trainable tensors");
  return trainable;
}

double similaritySum(const Alignment& alignment, const AlignmentItems& items,
                     const Forest& forest) {
  double sum = 0.0;
  for (std::size_t row = 0; row < forest.slots.size(); ++row) {
    sum += logitSimilarity(alignment.logits[static_cast<std::int64_t>(row)],
                           items.observed[slotOf(items.prompts, forest.slots[row]).item]);
  }
  return sum;
}

std::vector<std::size_t> allIndices(std::size_t count) {
  std::vector<std::size_t> indices(count);
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  return indices;
}

std::size_t allSlots(const AlignmentItems& items) {
  return slotCount(items, allIndices(items.prompts.size()));
}

class FirstTokenTask : public TrainingTask {
 public:
  FirstTokenTask(LanguageModel& model, AlignmentItems train, AlignmentItems valid,
                 const TrainOptions& options)
      : decoder_(*model.decoder),
        options_(options),
        items_(std::move(train)),
        validItems_(std::move(valid)),
        tensors_(trainableTensors(decoder_)) {
    decoder_.recomputeActivations(options.recompute);
  }

  const std::vector<at::Tensor>& tensors() const override { return tensors_; }
  const std::vector<std::size_t>& groups() const override { return items_.groups; }
  std::size_t itemCount() const override { return allSlots(items_); }

  Learned learn(const std::vector<std::size_t>& batch, std::uint64_t& dropoutSeed,
                EpochRecord& record) override {
    const std::size_t count = slotCount(items_, batch);
    const ForestPlan plan = planChosen(items_, batch, options_.forest, threads());
    std::vector<double> losses(plan.forests.size());
    GradientSum gradients(tensors_, plan.workers.workers);
    std::vector<OperationTimes> times(plan.workers.workers);
    const double shiftWeight = options_.shiftWeightIn(record.epoch);
    const Stopwatch watch;
    overForests(plan, [&](std::size_t worker, std::size_t i) {
      ExecutionContext context{.dropout = {dropoutSeed + i, 0}};
      const Alignment alignment = align(decoder_, items_, plan.forests[i], context);
      const at::Tensor loss =
          lossSum(options_.loss, alignment.logits, alignment.targets, shiftWeight);
      gradients.add(worker, loss / static_cast<double>(count));
      losses[i] = loss.item<double>();
      times[worker] += *context.times;
    });
    gradients.finish();
    for (const OperationTimes& of : times) record.operations += of;
    record.operations.workerSeconds += watch.seconds() * static_cast<double>(plan.workers.workers);
    if (plan.workers.workers > record.workers.workers) record.workers = plan.workers;
    record.computedTokens += tokenCount(plan.forests);
    dropoutSeed += plan.forests.size();
    return {std::accumulate(losses.begin(), losses.end(), 0.0), count};
  }

  std::optional<Validation> validate() const override {
    if (validItems_.prompts.empty()) return std::nullopt;
    const auto everything = allIndices(validItems_.prompts.size());
    const ForestPlan plan =
        planChosen(validItems_, everything, options_.forest, decoder_.threads());
    std::vector<double> losses(plan.forests.size());
    std::vector<double> similarities(plan.forests.size());
    overForests(plan, [&](std::size_t, std::size_t i) {
      const c10::NoGradGuard noGradients;
      ExecutionContext context;
      const Alignment alignment = align(decoder_, validItems_, plan.forests[i], context);
      losses[i] = lossSum(options_.loss, alignment.logits, alignment.targets, options_.shiftWeight)
                      .item<double>();
      similarities[i] = similaritySum(alignment, validItems_, plan.forests[i]);
    });
    const auto count = static_cast<double>(slotCount(validItems_, everything));
    return Validation{std::accumulate(losses.begin(), losses.end(), 0.0) / count,
                      std::accumulate(similarities.begin(), similarities.end(), 0.0) / count};
  }

 private:
  // One worker if memory is short; its backward pass also writes to the gradients themselves.
  int threads() const { return options_.recompute ? 1 : decoder_.threads(); }

  Decoder& decoder_;
  const TrainOptions& options_;
  AlignmentItems items_;
  AlignmentItems validItems_;
  std::vector<at::Tensor> tensors_;
};

}  // namespace

TrainResult train(LanguageModel& model, const Survey& train, const Survey* valid,
                  const TrainOptions& options, Progress& progress, const EpochCallback& onEpoch,
                  TrainingState* state) {
  if (!options.asking) throw Error("there is no template to prompt the model with");
  const auto prepared = [&](const Survey& survey) {
    return prepareItems(model, survey, *options.asking, options.loss);
  };
  return canvass::train(model, prepared(train),
                        valid != nullptr ? prepared(*valid) : AlignmentItems(), options, progress,
                        onEpoch, state);
}

TrainResult train(LanguageModel& model, AlignmentItems train, AlignmentItems valid,
                  const TrainOptions& options, Progress& progress, const EpochCallback& onEpoch,
                  TrainingState* state) {
  FirstTokenTask task(model, std::move(train), std::move(valid), options);
  TrainingState fresh(options.seed);
  return canvass::train(task, options, state != nullptr ? *state : fresh, progress, onEpoch);
}

}  // namespace canvass
