#include "model/decoder_layer.h"

#include "nn/elementwise.h"

namespace canvass {

DecoderLayer::DecoderLayer(const LayerConfig& config, const LayerParameters& parameters,
                           const LayerIndex& index, ParameterSource& source)
    : attentionNorm_(config.norm, parameters.attentionNorm, source),
      attention_(config, parameters.attention, index, source),
      feedForwardNorm_(config.norm, parameters.feedForwardNorm, source),
      feedForward_(config, parameters.feedForward, source) {}

at::Tensor DecoderLayer::forward(const at::Tensor& stream, const ForwardPass& pass, Asking asking,
                                 ExecutionContext& context) const {
  const at::Tensor normed = attentionNorm_.forward(stream, pass.type(), context);
  const at::Tensor attended = attention_.forward(normed, pass, asking, context);
  const at::Tensor middle = addToStream(pass.asking(stream, asking), attended, context);
  const at::Tensor renormed = feedForwardNorm_.forward(middle, pass.type(), context);
  return addToStream(middle, feedForward_.forward(renormed, context), context);
}

std::vector<NamedLinear*> DecoderLayer::linears() {
  std::vector<NamedLinear*> all = attention_.linears();
  for (NamedLinear* linear : feedForward_.linears()) all.push_back(linear);
  return all;
}

void DecoderLayer::appendNorms(NamedTensors& parameters) const {
  attentionNorm_.appendParameters(parameters);
  feedForwardNorm_.appendParameters(parameters);
  attention_.appendNorms(parameters);
}

}  // namespace canvass
