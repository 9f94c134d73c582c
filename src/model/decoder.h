#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "checkpoint/decoder_config.h"
#include "model/packed_tokens.h"
#include "nn/linear.h"
#include "nn/rotary.h"

namespace canvass {

// A decoder-only transformer of the Llama line (RMS norm, rotary positions, gated SiLU MLP), all
// families in one: what differs is in the config. The same forward pass scores and trains.
class Decoder {
 public:
  // `tensors`: every parameter of decoderTensors(config) by name, and no other. Linear weights in
  // the element type of computation, or fp32 where they are trained.
  Decoder(const DecoderConfig& config, std::map<std::string, at::Tensor> tensors,
          at::ScalarType computeType);

  // Final hidden states of the answer rows after the last norm: [answers, hiddenSize], fp32.
  // The residual stream is fp32; the last layer computes answer rows only.
  at::Tensor answerStates(const PackedTokens& packed) const;

  // [answers, hiddenSize] -> logits of the whole vocabulary [answers, vocabularySize], fp32.
  at::Tensor logits(const at::Tensor& states) const;
  // Logits of chosen tokens only: tokens [answers, options] int64 -> [answers, options], fp32.
  at::Tensor logitsOf(const at::Tensor& states, const at::Tensor& tokens) const;

  const DecoderConfig& config() const { return config_; }
  // Every parameter by its Hugging Face name (adapters included, under their module).
  NamedTensors parameters() const;
  // The linear layer of a module name, to wrap it; nullptr where there is none.
  std::unique_ptr<Linear>* findLinear(const std::string& module);

 private:
  struct Layer {
    std::unique_ptr<Linear> query, key, value, output, gate, up, down;
    at::Tensor inputNorm, mlpNorm;
    at::Tensor queryNorm, keyNorm;  // undefined without queryKeyNorm
    std::int64_t window = 0;
  };
  struct Pass;

  Layer buildLayer(std::int64_t index, std::map<std::string, at::Tensor>& tensors);
  at::Tensor runLayer(const Layer& layer, const at::Tensor& stream, const Pass& pass,
                      bool answersOnly) const;
  at::Tensor attend(const Layer& layer, const at::Tensor& normed, const Pass& pass,
                    bool answersOnly) const;
  at::Tensor feedForward(const Layer& layer, const at::Tensor& stream) const;
  at::Tensor heads(const Linear& linear, const at::Tensor& rows, const at::Tensor& norm,
                   std::int64_t count, const Rotary::Angles* angles) const;

  DecoderConfig config_;
  at::ScalarType computeType_;
  Rotary rotary_;
  at::Tensor embeddings_;
  at::Tensor finalNorm_;
  at::Tensor head_;
  std::vector<Layer> layers_;
  std::map<std::string, std::unique_ptr<Linear>*> linears_;
};

}  // namespace canvass
