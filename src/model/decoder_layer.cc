#include "model/decoder_layer.h"

#include "nn/elementwise.h"

namespace canvass {

DecoderLayer::DecoderLayer(const LayerConfig& config, const LayerParameters& parameters,
                           const LayerIndex& index, ParameterSource& source)
    : attentionNorm_(optionalNorm(config.norm, parameters.attentionNorm, source)),
      attention_(config, parameters.attention, index, source),
      attendedNorm_(optionalNorm(config.norm, parameters.attendedNorm, source)),
      feedForwardNorm_(optionalNorm(config.norm, parameters.feedForwardNorm, source)),
      feedForward_(config, parameters.feedForward, source),
      fedForwardNorm_(optionalNorm(config.norm, parameters.fedForwardNorm, source)) {}

at::Tensor DecoderLayer::forward(const at::Tensor& stream, const ForwardPass& pass, Asking asking,
                                 ExecutionContext& context) const {
  const auto normed = [&](const std::optional<Norm>& norm, const at::Tensor& rows) {
    return norm ? norm->forward(rows, pass.type(), context) : rows.to(pass.type());
  };
  const at::Tensor attended =
      attention_.forward(normed(attentionNorm_, stream), pass, asking, context);
  const at::Tensor middle =
      addToStream(pass.asking(stream, asking), normed(attendedNorm_, attended), context);
  const at::Tensor fed = feedForward_.forward(normed(feedForwardNorm_, middle), context);
  return addToStream(middle, normed(fedForwardNorm_, fed), context);
}

std::vector<NamedLinear*> DecoderLayer::linears() {
  std::vector<NamedLinear*> all = attention_.linears();
  for (NamedLinear* linear : feedForward_.linears()) all.push_back(linear);
  return all;
}

void DecoderLayer::appendNorms(NamedTensors& parameters) const {
  for (const auto* norm : {&attentionNorm_, &attendedNorm_, &feedForwardNorm_, &fedForwardNorm_}) {
    if (*norm) (*norm)->appendParameters(parameters);
  }
  attention_.appendNorms(parameters);
}

}  // namespace canvass
