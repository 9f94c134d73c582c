#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "model/packed_tokens.h"
#include "model/weight_source.h"
#include "model_files/decoder_config.h"
#include "nn/attention.h"
#include "nn/linear.h"
#include "nn/rotary.h"

namespace canvass {

class ForwardPass;
class KeyValueCache;

// A decoder-only transformer of the Llama line (RMS norm, rotary positions, gated SiLU MLP), all
// families in one: what differs is in the config. The same forward pass scores and trains.
class Decoder {
 public:
  // The source gives the parameters of decoderTensors(config): linear weights in the element type
  // of computation, or in fp32 and recording gradients where they are trained; norms in fp32.
  // Frozen linear weights are packed as they come, and the source's tensor is let go.
  Decoder(const DecoderConfig& config, const TensorSource& source, at::ScalarType computeType);

  // Final hidden states of the answer rows after the last norm: [answers, hiddenSize], fp32.
  // The residual stream is fp32; the last layer computes answer rows only.
  // `earlier`: what the layout's first key rows are, where tokens were read before; these are
  // added.
  at::Tensor answerStates(const PackedTokens& packed, KeyValueCache* earlier = nullptr) const;

  // Packs the head for logits(), which otherwise does so when first called.
  void packHead() const;
  // [answers, hiddenSize] -> logits of the whole vocabulary [answers, vocabularySize], fp32.
  at::Tensor logits(const at::Tensor& states) const;
  // Logits of chosen tokens only: tokens [answers, options] int64 -> [answers, options], fp32.
  at::Tensor logitsOf(const at::Tensor& states, const at::Tensor& tokens) const;

  // Keeps of each layer only what came in, and computes the layer again for its gradient: a
  // fraction of the memory of training, for the time of one more forward pass.
  void recomputeActivations(bool on) { recomputes_ = on; }

  // The matrix products of all layers with so many rows of zeros, and nothing else: a yardstick.
  void multiplyOnly(std::size_t rows) const;

  const DecoderConfig& config() const { return config_; }
  // Of the weights of linear layers and of the head for logits(), held now: once for each direction
  // in which they have been multiplied.
  std::size_t productBytes() const;
  at::Device device() const;
  at::ScalarType computeType() const { return computeType_; }
  // Processor threads that forward passes may be divided among: one where another device computes.
  int threads() const;
  // The parameters that can be trained, by their Hugging Face names (adapters under their module);
  // also those of frozen parts that are no linear layers.
  NamedTensors parameters() const;
  // The linear layer of a module name, to wrap it; nullptr where there is none.
  std::unique_ptr<Linear>* findLinear(const std::string& module);

 private:
  struct Layer {
    std::unique_ptr<Linear> query, key, value, output, gate, up, down;
    at::Tensor inputNorm, mlpNorm;
    at::Tensor queryNorm, keyNorm;  // undefined without queryKeyNorm
    std::int64_t window = 0;
    std::size_t index = 0;
  };

  Layer buildLayer(std::int64_t index, const TensorSource& source);
  at::Tensor runLayer(const Layer& layer, const at::Tensor& stream, const ForwardPass& pass,
                      Asking asking) const;
  at::Tensor attend(const Layer& layer, const at::Tensor& normed, const ForwardPass& pass,
                    Asking asking) const;
  at::Tensor feedForward(const Layer& layer, const at::Tensor& stream) const;
  at::Tensor heads(const Linear& linear, const at::Tensor& rows, const at::Tensor& norm,
                   std::int64_t count, const Rotary::Angles* angles) const;

  DecoderConfig config_;
  at::ScalarType computeType_;
  bool recomputes_ = false;
  at::Tensor embeddings_;
  Rotary rotary_;
  at::Tensor finalNorm_;
  at::Tensor head_;
  mutable std::once_flag headPacked_;  // training never reads all logits
  mutable std::unique_ptr<Linear> packedHead_;
  std::vector<Layer> layers_;
  std::map<std::string, std::unique_ptr<Linear>*> linears_;
};

}  // namespace canvass
