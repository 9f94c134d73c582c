#include "model/forward_pass.h"

#include <torch/torch.h>

#include "nn/masked_attention.h"
#include "nn/torch_operations.h"

namespace canvass {

ForwardPass::ForwardPass(const PackedTokens& packed, const Rotary& rotary, at::ScalarType type,
                         at::Device device, KeyValueCache* earlier)
    : layout_(packed.layout),
      answerRows_(packed.answerRows.to(device)),
      type_(type),
      device_(device),
      earlier_(earlier) {
  const at::Tensor positions = packed.positions.to(device);
  everyRow_ = rotary.anglesAt(positions);
  answers_ = rotary.anglesAt(positions.index_select(0, answerRows_));
}

at::Tensor ForwardPass::asking(const at::Tensor& rows, Asking asking) const {
  return asking == Asking::answers ? rows.index_select(0, answerRows_) : rows;
}

const Rotary::Angles& ForwardPass::angles(Asking asking) const {
  return asking == Asking::answers ? answers_ : everyRow_;
}

std::int64_t ForwardPass::tokenCount() const {
  return static_cast<std::int64_t>(layout_->everyRow.rows.size());
}

std::pair<at::Tensor, at::Tensor> ForwardPass::withEarlier(std::size_t layer,
                                                           const at::Tensor& keys,
                                                           const at::Tensor& values) const {
  if (earlier_ == nullptr) return {keys, values};
  return earlier_->extend(layer, keys, values, tokenCount());
}

at::Tensor ForwardPass::attention(const at::Tensor& queries, const at::Tensor& keys,
                                  const at::Tensor& values, Asking asking,
                                  std::int64_t window) const {
  if (device_.is_cpu() && !torchOperationsOnly()) {
    return forestAttention(queries, keys, values, layout_, asking, window);
  }
  at::Tensor& mask = masks_[{asking, window}];
  if (!mask.defined()) {
    mask = ancestryMask(*layout_, asking, window, keys.size(0), type_, device_);
  }
  return maskedAttention(queries, keys, values, mask);
}

}  // namespace canvass
