#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/progress.h"
#include "model/weight_source.h"
#include "model_files/encoder_config.h"
#include "nn/linear.h"

namespace canvass {

class RelativeAttention;

// An encoder of the lines of BERT, RoBERTa and DeBERTa: reads whole texts, each token seeing all
// others of its text.
class Encoder {
 public:
  // The source gives the parameters of encoderTensors(config, ""), in fp32.
  Encoder(const EncoderConfig& config, const TensorSource& source);

  // The final hidden states of every token of the texts, one below the other in the texts' order:
  // [all tokens, hiddenSize], fp32. Texts are not empty and at most maxPositions long. Dropout
  // (between 0 and 1) acts on embeddings and sublayers where gradients are recorded, as the
  // thread's dropoutState() decides.
  at::Tensor states(const std::vector<std::vector<std::int32_t>>& texts,
                    double dropout = 0.0) const;

  const EncoderConfig& config() const { return config_; }
  // All of them, by their Hugging Face names without a prefix.
  NamedTensors parameters() const;

 private:
  struct Norm {
    at::Tensor weight, bias;
  };
  struct Layer {
    std::unique_ptr<Linear> query, key, value, output, inner, outer;
    Norm attentionNorm, outputNorm;
  };
  struct Batch;

  at::Tensor embed(const Batch& batch, double dropout) const;
  at::Tensor runLayer(const Layer& layer, const at::Tensor& rows, const Batch& batch,
                      const RelativeAttention* relative, double dropout) const;
  at::Tensor normalized(const at::Tensor& rows, const Norm& norm) const;

  EncoderConfig config_;
  at::Tensor words_, positions_, segments_, distances_;  // undefined where the line has none
  Norm embeddingNorm_, distanceNorm_;
  std::vector<Layer> layers_;
  NamedTensors parameters_;
};

// Reads config.json and the weights, whether they are those of a model with a head (headedPrefix)
// or not; heads above the encoder are left alone. Throws Error naming what is missing. Progress
// counts bytes.
std::unique_ptr<Encoder> loadEncoder(const ModelFiles& model, bool trainable,
                                     Progress& progress = noProgress());

}  // namespace canvass
