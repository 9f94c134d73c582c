#include "model/self_attention.h"

#include <ATen/ATen.h>

namespace canvass {

SelfAttention::SelfAttention(const LayerConfig& config, const AttentionParameters& parameters,
                             const LayerIndex& index, ParameterSource& source)
    : config_(config),
      index_(index),
      projections_(namedLinears(parameters.projections, source)),
      output_(parameters.output, source),
      queryNorm_(optionalNorm(config.norm, parameters.queryNorm, source)),
      keyNorm_(optionalNorm(config.norm, parameters.keyNorm, source)) {}

// [rows, heads * headSize] -> [rows, heads, headSize], normed if the layer does that.
at::Tensor SelfAttention::heads(const at::Tensor& rows, const std::optional<Norm>& norm,
                                const ExecutionContext& context) const {
  const bool wholeRows = norm && config_.queryKeyNorm == QueryKeyNorm::allHeads;
  const at::Tensor normed = wholeRows ? norm->forward(rows, rows.scalar_type(), context) : rows;
  const at::Tensor split = normed.reshape({rows.size(0), -1, config_.headSize});
  return norm && !wholeRows ? norm->forward(split, split.scalar_type(), context) : split;
}

// By their positions, if the layer has them.
at::Tensor SelfAttention::turned(const at::Tensor& heads, const ForwardPass& pass, Asking asking,
                                 const ExecutionContext& context) const {
  const std::int64_t size = config_.rotary.size;
  if (size == 0) return heads;
  const Rotary::Angles& angles = pass.angles(index_.rotary, asking);
  if (size == config_.headSize) return Rotary::apply(heads, angles, context);
  const at::Tensor first = Rotary::apply(heads.narrow(2, 0, size), angles, context);
  return at::cat({first, heads.narrow(2, size, config_.headSize - size)}, 2);
}

SelfAttention::Projected SelfAttention::project(const at::Tensor& rows, const ForwardPass& pass,
                                                Asking asking, ExecutionContext& context) const {
  at::Tensor queries, keys, values;
  if (projections_.size() == 1) {
    const std::int64_t keySize = config_.keyValueHeadCount * config_.headSize;
    const auto parts =
        projections_[0]
            .linear->forward(rows, context)
            .split_with_sizes({config_.headCount * config_.headSize, keySize, keySize}, 1);
    queries = pass.asking(parts[0], asking);
    keys = parts[1];
    values = parts[2];
  } else {
    queries = projections_[0].linear->forward(pass.asking(rows, asking), context);
    keys = projections_[1].linear->forward(rows, context);
    values = projections_[2].linear->forward(rows, context);
  }
  return {turned(heads(queries, queryNorm_, context), pass, asking, context),
          turned(heads(keys, keyNorm_, context), pass, Asking::everyRow, context),
          heads(values, std::nullopt, context)};
}

at::Tensor SelfAttention::forward(const at::Tensor& rows, const ForwardPass& pass, Asking asking,
                                  ExecutionContext& context) const {
  const Projected projected = project(rows, pass, asking, context);
  const auto [keys, values] = pass.withEarlier(index_.layer, projected.keys, projected.values);
  const AttentionRule rule{config_.attentionScale, config_.attentionWindow, config_.attentionCap};
  return output_.linear->forward(
      pass.attention(projected.queries, keys, values, asking, rule, context), context);
}

std::vector<NamedLinear*> SelfAttention::linears() {
  std::vector<NamedLinear*> all;
  for (NamedLinear& one : projections_) all.push_back(&one);
  all.push_back(&output_);
  return all;
}

void SelfAttention::appendNorms(NamedTensors& parameters) const {
  if (queryNorm_) queryNorm_->appendParameters(parameters);
  if (keyNorm_) keyNorm_->appendParameters(parameters);
}

}  // namespace canvass
