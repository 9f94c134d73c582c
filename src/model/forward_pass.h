#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "model/key_value_cache.h"
#include "model/packed_tokens.h"
#include "nn/attention.h"
#include "nn/rotary.h"

namespace canvass {

// What all layers of one forward pass share: which rows ask, their positions and what they see.
class ForwardPass {
 public:
  // `rotaries`: the decoder's tables; `type`: of the activations; `device`: where they are.
  // `earlier`: of the tokens read before these, or null.
  ForwardPass(const PackedTokens& packed, const std::vector<Rotary>& rotaries, at::ScalarType type,
              at::Device device, KeyValueCache* earlier);

  at::ScalarType type() const { return type_; }
  // The rows of the tensor that ask.
  at::Tensor asking(const at::Tensor& rows, Asking asking) const;
  // By the rotary table of this index.
  const Rotary::Angles& angles(std::size_t rotary, Asking asking) const;
  // The number of tokens, without those that only round up.
  std::int64_t tokenCount() const;
  // The keys and values of a layer behind those of earlier tokens, which store them.
  std::pair<at::Tensor, at::Tensor> withEarlier(std::size_t layer, const at::Tensor& keys,
                                                const at::Tensor& values) const;
  // forestAttention() of the packed tokens, with whatever the device has for it.
  at::Tensor attention(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values,
                       Asking asking, const AttentionRule& rule,
                       const ExecutionContext& context) const;

 private:
  struct TableAngles {
    Rotary::Angles everyRow, answers;
  };

  std::shared_ptr<const AttentionLayout> layout_;
  at::Tensor answerRows_;
  at::ScalarType type_;
  at::Device device_;
  KeyValueCache* earlier_;
  std::vector<TableAngles> angles_;
  // A mask depends on nothing in which layers differ except their windows.
  mutable std::map<std::pair<Asking, std::int64_t>, at::Tensor> masks_;
};

}  // namespace canvass
