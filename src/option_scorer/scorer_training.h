#pragma once

#include "engine/training/trainer.h"
#include "option_scorer/option_scorer.h"
#include "survey/survey.h"

namespace canvass {

struct ScorerTraining {
  TrainOptions options;
  double headDropout = 0.0;     // within the head; 0 to below 1
  double encoderDropout = 0.0;  // within the encoder, if it is trained too
};

// Minimizes the divergence from the observed distribution to the softmax over the options' scores,
// changing the head, and the encoder if it records gradients. A scorer without a head gets a new
// one. While the encoder is frozen its states are computed once. With `valid`, the weights of its
// best epoch are restored at the end. The run resumes from `state` and keeps it up to date, as
// train() of any task does; without one it is a new run. Throws Error if an item has no observed
// distribution.
TrainResult train(OptionScorer& scorer, const Survey& train, const Survey* valid,
                  const ScorerTraining& training, Progress& progress,
                  const EpochCallback& onEpoch = {}, TrainingState* state = nullptr);

// Settings with which a new head learns from the states of a frozen encoder.
ScorerTraining headTraining();
// Settings for training the encoder too, after its head.
ScorerTraining wholeTraining();

}  // namespace canvass
