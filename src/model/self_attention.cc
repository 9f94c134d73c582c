#include "model/self_attention.h"

#include <ATen/ATen.h>

namespace canvass {
namespace {

std::optional<Norm> headNorm(const NormConfig& config, const std::optional<NormSpec>& spec,
                             ParameterSource& source) {
  if (!spec) return std::nullopt;
  return Norm(config, *spec, source);
}

// Heads of queries or keys, normed if the layer does that, and turned by their positions.
at::Tensor placed(const at::Tensor& heads, const std::optional<Norm>& norm,
                  const Rotary::Angles& angles, const ExecutionContext& context) {
  const at::Tensor normed = norm ? norm->forward(heads, heads.scalar_type(), context) : heads;
  return Rotary::apply(normed, angles, context);
}

}  // namespace

SelfAttention::SelfAttention(const LayerConfig& config, const AttentionParameters& parameters,
                             const LayerIndex& index, ParameterSource& source)
    : config_(config),
      index_(index),
      query_(parameters.query, source),
      key_(parameters.key, source),
      value_(parameters.value, source),
      output_(parameters.output, source),
      queryNorm_(headNorm(config.norm, parameters.queryNorm, source)),
      keyNorm_(headNorm(config.norm, parameters.keyNorm, source)) {}

at::Tensor SelfAttention::heads(const NamedLinear& projection, const at::Tensor& rows,
                                std::int64_t count, ExecutionContext& context) const {
  return projection.linear->forward(rows, context).view({rows.size(0), count, config_.headSize});
}

at::Tensor SelfAttention::forward(const at::Tensor& rows, const ForwardPass& pass, Asking asking,
                                  ExecutionContext& context) const {
  const std::int64_t keyHeads = config_.keyValueHeadCount;
  const at::Tensor queries =
      placed(heads(query_, pass.asking(rows, asking), config_.headCount, context), queryNorm_,
             pass.angles(index_.rotary, asking), context);
  const at::Tensor keys = placed(heads(key_, rows, keyHeads, context), keyNorm_,
                                 pass.angles(index_.rotary, Asking::everyRow), context);
  const at::Tensor values = heads(value_, rows, keyHeads, context);
  const auto [allKeys, allValues] = pass.withEarlier(index_.layer, keys, values);
  const at::Tensor attended =
      pass.attention(queries, allKeys, allValues, asking,
                     {config_.attentionScale, config_.attentionWindow}, context);
  return output_.linear->forward(attended, context);
}

void SelfAttention::appendNorms(NamedTensors& parameters) const {
  if (queryNorm_) queryNorm_->appendParameters(parameters);
  if (keyNorm_) keyNorm_->appendParameters(parameters);
}

}  // namespace canvass
