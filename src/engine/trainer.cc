#include "engine/trainer.h"

#include <fmt/format.h>
#include <torch/torch.h>

#include <numeric>

#include "base/error.h"
#include "base/stopwatch.h"
#include "engine/alignment_batch.h"
#include "engine/batches.h"
#include "engine/gradient_sum.h"
#include "engine/optimizer.h"
#include "nn/dropout.h"
#include "stats/metrics.h"

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

// A copy of the trained weights, to come back to.
class Snapshot {
 public:
  void take(const std::vector<at::Tensor>& tensors) {
    copies_.clear();
    for (const at::Tensor& tensor : tensors) copies_.push_back(tensor.detach().clone());
  }
  void restore(const std::vector<at::Tensor>& tensors) const {
    const at::NoGradGuard noGradients;
    for (std::size_t i = 0; i < copies_.size(); ++i) tensors[i].copy_(copies_[i]);
  }

 private:
  std::vector<at::Tensor> copies_;
};

double similaritySum(const Alignment& alignment, const AlignmentItems& items,
                     const Forest& forest) {
  const at::Tensor logits = alignment.logits.to(at::kDouble);
  double sum = 0.0;
  for (std::size_t row = 0; row < forest.prompts.size(); ++row) {
    const Distribution& observed = items.observed[forest.prompts[row]];
    const at::Tensor shares = logits[static_cast<std::int64_t>(row)]
                                  .narrow(0, 0, static_cast<std::int64_t>(observed.size()))
                                  .softmax(0);
    sum += jsSimilarity(observed, {shares.data_ptr<double>(), observed.size()});
  }
  return sum;
}

std::vector<std::size_t> allIndices(std::size_t count) {
  std::vector<std::size_t> indices(count);
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  return indices;
}

// The state of one training run; train() below reads as its table of contents.
class Run {
 public:
  Run(LanguageModel& model, const Survey& train, const Survey* valid, const TrainOptions& options,
      Progress& progress)
      : decoder_(*model.decoder),
        options_(options),
        progress_(progress),
        items_(prepareItems(model, train, options.templateName, options.loss)),
        tensors_(trainableTensors(decoder_)),
        stepsPerEpoch_((items_.prompts.size() + options.batchSize - 1) / options.batchSize),
        optimizer_(tensors_, options, stepsPerEpoch_ * options.epochs, stepsPerEpoch_),
        random_(options.seed, "batches") {
    if (valid != nullptr) {
      validItems_ = prepareItems(model, *valid, options.templateName, options.loss);
    }
    dropoutSeeds_ = RandomStream(options.seed, "dropout").bits();
    decoder_.recomputeActivations(options.recompute);
  }

  TrainResult execute(const EpochCallback& onEpoch) {
    result_.trainedItems = items_.prompts.size();
    for (std::size_t epoch = 1; epoch <= options_.epochs && !finished(); ++epoch) {
      EpochRecord record = trainEpoch(epoch);
      validate(record);
      keepIfBest(record);
      result_.history.push_back(record);
      if (onEpoch) onEpoch(record, result_.bestEpoch == epoch);
    }
    best_.restore(tensors_);
    return std::move(result_);
  }

 private:
  // One worker where memory is short; its backward pass also writes to the gradients themselves.
  int threads() const { return options_.recompute ? 1 : decoder_.threads(); }

  bool finished() const { return result_.stoppedEarly || result_.interrupted; }

  EpochRecord trainEpoch(std::size_t epoch) {
    EpochRecord record;
    record.epoch = epoch;
    double lossOfEpoch = 0.0;
    std::size_t seen = 0;
    const Stopwatch watch;
    for (const auto& batch :
         drawBatches(items_.groups, options_.batchSize, options_.runLength, random_)) {
      lossOfEpoch += update(batch, record);
      seen += batch.size();
      ++updates_;
      progress_.update(
          (epoch - 1) * items_.prompts.size() + seen, options_.epochs * items_.prompts.size(),
          fmt::format("epoch {} loss {:.4f}", epoch, lossOfEpoch / static_cast<double>(seen)));
      if (progress_.stopRequested()) {
        result_.interrupted = true;
        break;
      }
    }
    record.seconds = watch.seconds();
    record.updates = updates_;
    record.trainLoss = lossOfEpoch / static_cast<double>(seen);
    record.learningRate = optimizer_.learningRate();
    record.itemsPerSecond = static_cast<double>(seen) / record.seconds;
    return record;
  }

  // One update from one batch. Returns the sum of the items' losses; adds its work to the record.
  double update(const std::vector<std::size_t>& batch, EpochRecord& record) {
    const ForestPlan plan = planChosen(items_, batch, options_.forest, threads());
    std::vector<double> losses(plan.forests.size());
    GradientSum gradients(tensors_, plan.workers.workers);
    std::vector<OperationTimes> times(plan.workers.workers);
    overForests(plan, [&](std::size_t worker, std::size_t i) {
      operationTimes() = {};
      dropoutState() = {dropoutSeeds_ + i, 0};
      const Alignment alignment = align(decoder_, items_, plan.forests[i]);
      const at::Tensor loss = lossSum(options_.loss, alignment.logits, alignment.targets);
      gradients.add(worker, loss / static_cast<double>(batch.size()));
      losses[i] = loss.item<double>();
      times[worker] += operationTimes();
    });
    record.workers = plan.workers;
    record.computedTokens += tokenCount(plan.forests);
    for (const OperationTimes& of : times) record.operations += of;
    dropoutSeeds_ += plan.forests.size();
    const double sum = std::accumulate(losses.begin(), losses.end(), 0.0);
    if (!std::isfinite(sum)) {
      throw Error("the training loss is no longer a number", {}, "lower the learning rate");
    }
    gradients.finish();
    optimizer_.step();
    return sum;
  }

  void validate(EpochRecord& record) const {
    if (validItems_.prompts.empty()) return;
    const auto everything = allIndices(validItems_.prompts.size());
    const ForestPlan plan =
        planChosen(validItems_, everything, options_.forest, decoder_.threads());
    std::vector<double> losses(plan.forests.size());
    std::vector<double> similarities(plan.forests.size());
    overForests(plan, [&](std::size_t, std::size_t i) {
      const at::NoGradGuard noGradients;
      const Alignment alignment = align(decoder_, validItems_, plan.forests[i]);
      losses[i] = lossSum(options_.loss, alignment.logits, alignment.targets).item<double>();
      similarities[i] = similaritySum(alignment, validItems_, plan.forests[i]);
    });
    const auto count = static_cast<double>(everything.size());
    record.validLoss = std::accumulate(losses.begin(), losses.end(), 0.0) / count;
    record.validSimilarity = std::accumulate(similarities.begin(), similarities.end(), 0.0) / count;
  }

  void keepIfBest(const EpochRecord& record) {
    const bool better =
        !record.validLoss || result_.bestEpoch == 0 || *record.validLoss < bestLoss_;
    if (better) {
      bestLoss_ = record.validLoss.value_or(0.0);
      result_.bestEpoch = record.epoch;
      best_.take(tensors_);
    } else if (options_.patience > 0 && record.epoch - result_.bestEpoch >= options_.patience) {
      result_.stoppedEarly = true;
    }
  }

  Decoder& decoder_;
  const TrainOptions& options_;
  Progress& progress_;
  AlignmentItems items_;
  AlignmentItems validItems_;
  std::vector<at::Tensor> tensors_;
  std::size_t stepsPerEpoch_;
  Optimizer optimizer_;
  RandomStream random_;
  std::uint64_t dropoutSeeds_ = 0;  // one for each forest, counted on
  Snapshot best_;
  double bestLoss_ = 0.0;
  std::size_t updates_ = 0;
  TrainResult result_;
};

}  // namespace

TrainResult train(LanguageModel& model, const Survey& train, const Survey* valid,
                  const TrainOptions& options, Progress& progress, const EpochCallback& onEpoch) {
  if (train.items.empty()) throw Error("there is nothing to train on: the survey has no items");
  return Run(model, train, valid, options, progress).execute(onEpoch);
}

}  // namespace canvass
