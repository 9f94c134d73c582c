#include "model/forward_pass.h"

#include <ATen/ATen.h>

#include "nn/masked_attention.h"

namespace canvass {

ForwardPass::ForwardPass(const PackedTokens& packed, const std::vector<Rotary>& rotaries,
                         at::ScalarType type, at::Device device, KeyValueCache* earlier)
    : layout_(packed.layout),
      answerRows_(packed.answerRows.to(device)),
      type_(type),
      device_(device),
      earlier_(earlier) {
  const at::Tensor positions = packed.positions.to(device);
  const at::Tensor ofAnswers = positions.index_select(0, answerRows_);
  for (const Rotary& rotary : rotaries) {
    angles_.push_back({rotary.anglesAt(positions), rotary.anglesAt(ofAnswers)});
  }
}

at::Tensor ForwardPass::asking(const at::Tensor& rows, Asking asking) const {
  return asking == Asking::answers ? rows.index_select(0, answerRows_) : rows;
}

const Rotary::Angles& ForwardPass::angles(std::size_t rotary, Asking asking) const {
  const TableAngles& angles = angles_[rotary];
  return asking == Asking::answers ? angles.answers : angles.everyRow;
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
                                  const AttentionRule& rule,
                                  const ExecutionContext& context) const {
  if (device_.is_cpu() && !context.torchOperationsOnly) {
    return forestAttention(queries, keys, values, layout_, asking, rule, context);
  }
  at::Tensor& mask = masks_[{asking, rule.window}];
  if (!mask.defined()) {
    mask = ancestryMask(*layout_, asking, rule.window, keys.size(0), type_, device_);
  }
  return maskedAttention(queries, keys, values, mask, rule);
}

}  // namespace canvass
