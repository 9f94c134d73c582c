#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "engine/forest/forest.h"
#include "engine/training/loss_kind.h"
#include "prompt/template.h"

namespace canvass {

enum class Schedule {
  constant,
  linear,  // to 0 at the end
  cosine,  // to 0 at the end
  step,    // times epochDecay after each epoch, as the reference does
};

const char* scheduleName(Schedule schedule);
// Throws Error naming the known ones.
Schedule parseSchedule(const std::string& name);

struct TrainOptions {
  std::optional<Template> asking = std::nullopt;  // of a decoder; an encoder reads no prompt
  LossKind loss = LossKind::kl;
  double shiftWeight = 2.0;  // LossKind::shift only
  bool recompute = false;    // activations for the backward pass: less memory, half as long again
  std::size_t epochs = 5;
  std::size_t batchSize = 16;  // items in one update; split by the token budget if memory asks
  // Items of one question drawn together: larger values share more of the prompt, smaller ones mix
  // questions better.
  std::size_t runLength = 4;
  double learningRate = 1e-4;
  double weightDecay = 0.01;         // of matrices; norms and biases are not decayed
  double secondMomentDecay = 0.999;  // AdamW's beta2; lower values forget noisy gradients sooner
  double warmUpShare = 0.03;         // of all updates
  Schedule schedule = Schedule::cosine;
  double epochDecay = 0.85;   // Schedule::step only
  double gradientClip = 1.0;  // maximum norm of the gradient; 0 = no clipping
  // Stop after this many epochs without a better validation loss; 0 = never.
  std::size_t patience = 0;
  std::uint64_t seed = 1;
  // Activations for the backward pass are kept for every token of a forest, of each worker.
  ForestOptions forest{.tokenBudget = 512};

  // In an epoch, from 1: the first half of a run learns distributions, as without it. Validation
  // always counts it, so that epochs can be compared.
  double shiftWeightIn(std::size_t epoch) const { return 2 * epoch > epochs ? shiftWeight : 0.0; }
};

}  // namespace canvass
