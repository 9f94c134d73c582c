#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <vector>

#include "model/decoder_layer.h"
#include "model/output_head.h"
#include "model/packed_tokens.h"
#include "model/parameter_source.h"
#include "model/token_table.h"
#include "model_files/decoder_config.h"
#include "nn/execution_context.h"
#include "nn/rotary.h"

namespace canvass {

class KeyValueCache;

// A decoder-only transformer (arXiv 1706.03762) for all families: what differs is in the config.
// The same forward pass scores and trains.
class Decoder {
 public:
  // The source gives the parameters of decoderParameters(config).
  Decoder(const DecoderConfig& config, ParameterSource& source, at::ScalarType computeType);

  // Final hidden states of the answer rows after the last norm: [answers, hiddenSize], fp32.
  // The residual stream is fp32; the last layer computes answer rows only.
  // `earlier`: what the layout's first key rows are, if tokens were read before; these are added.
  at::Tensor answerStates(const PackedTokens& packed, ExecutionContext& context,
                          KeyValueCache* earlier = nullptr) const;
  // The same in a context of its own: without a dropout seed, and with times that nobody reads.
  at::Tensor answerStates(const PackedTokens& packed, KeyValueCache* earlier = nullptr) const;

  // From these states to logits.
  const OutputHead& head() const { return head_; }
  // Of the whole vocabulary, in a context of its own: [answers, vocabularySize], fp32.
  at::Tensor logits(const at::Tensor& states) const;

  // Keeps of each layer only what came in, and computes the layer again for its gradient: a
  // fraction of the memory of training, for the time of one more forward pass.
  void recomputeActivations(bool on) { recomputes_ = on; }

  // The matrix products of all layers with this many rows of zeros, and nothing else: a yardstick.
  void multiplyOnly(std::size_t rows, ExecutionContext& context) const;

  const DecoderConfig& config() const { return config_; }
  // Of the weights of linear layers and of the packed head, currently held: once for each
  // direction in which they have been multiplied.
  std::size_t productBytes() const;
  at::Device device() const;
  at::ScalarType computeType() const { return computeType_; }
  // CPU threads that forward passes may be divided among: one if another device computes.
  int threads() const;
  // The parameters that can be trained, by their Hugging Face names (adapters under their module);
  // also those of frozen parts that are not linear layers.
  NamedTensors parameters() const;
  // The linear layers, layer by layer, to be wrapped.
  const std::vector<NamedLinear*>& linears() { return linears_; }

 private:
  std::size_t rotaryIndex(const RotaryConfig& config);

  DecoderConfig config_;
  DecoderParameters names_;
  at::ScalarType computeType_;
  bool recomputes_ = false;
  TokenTable embeddings_;
  Norm norm_;
  OutputHead head_;
  std::vector<RotaryConfig> rotaryConfigs_;  // each once
  std::vector<Rotary> rotaries_;
  std::vector<DecoderLayer> layers_;
  std::vector<NamedLinear*> linears_;  // of layers_
};

}  // namespace canvass
