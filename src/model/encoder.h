#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/progress.h"
#include "model/norm.h"
#include "model/parameter_source.h"
#include "model_files/encoder_layout.h"
#include "model_files/model_files.h"

namespace canvass {

class RelativeAttention;

// An encoder of the BERT, RoBERTa or DeBERTa family: reads whole texts, each token seeing all
// others of its text.
class Encoder {
 public:
  // The source gives the parameters of encoderParameters(config), in fp32.
  Encoder(const EncoderConfig& config, ParameterSource& source);

  // The final hidden states of every token of the texts, one after another in the texts' order:
  // [all tokens, hiddenSize], fp32. Texts are not empty and at most maxPositions long. Dropout
  // (between 0 and 1) acts on embeddings and sublayers if gradients are recorded, as the context
  // decides.
  at::Tensor states(const std::vector<std::vector<std::int32_t>>& texts, double dropout,
                    ExecutionContext& context) const;
  // Without dropout.
  at::Tensor states(const std::vector<std::vector<std::int32_t>>& texts) const;

  const EncoderConfig& config() const { return config_; }
  // Those that can be trained, by their Hugging Face names without a prefix; also those of frozen
  // parts that are not linear layers.
  NamedTensors parameters() const;

 private:
  struct Layer {
    Layer(const NormConfig& norm, const EncoderLayerParameters& parameters,
          ParameterSource& source);
    NamedLinear query, key, value, output, inner, outer;
    Norm attentionNorm, outputNorm;
  };
  // Of one call of states().
  struct Batch;
  struct Pass;

  at::Tensor embed(const Pass& pass) const;
  at::Tensor runLayer(const Layer& layer, const at::Tensor& rows, const Pass& pass) const;
  at::Tensor attend(const Layer& layer, const at::Tensor& rows, const Pass& pass) const;

  EncoderConfig config_;
  EncoderParameters names_;
  at::Tensor words_, positions_, segments_, distances_;  // undefined if the family has none
  Norm embeddingNorm_;
  std::optional<Norm> distanceNorm_;
  std::vector<Layer> layers_;
};

// Reads config.json and the weights, whether they are those of a model with a head (headedPrefix)
// or not; heads above the encoder are ignored. Throws Error naming what is missing. Progress
// counts bytes.
std::unique_ptr<Encoder> loadEncoder(const ModelFiles& model, bool trainable,
                                     Progress& progress = noProgress());

}  // namespace canvass
