#include "model/feed_forward.h"

#include "base/error.h"
#include "nn/elementwise.h"

namespace canvass {
namespace {

at::Tensor gated(Activation activation, const at::Tensor& gate, const at::Tensor& up,
                 const ExecutionContext& context) {
  switch (activation) {
    case Activation::silu:
      return gatedSilu(gate, up, context);
  }
  throw Error("the activation is unknown");
}

}  // namespace

FeedForward::FeedForward(const LayerConfig& config, const FeedForwardParameters& parameters,
                         ParameterSource& source)
    : activation_(config.activation),
      gate_(parameters.gate, source),
      up_(parameters.up, source),
      down_(parameters.down, source) {}

at::Tensor FeedForward::forward(const at::Tensor& rows, ExecutionContext& context) const {
  const at::Tensor up = up_.linear->forward(rows, context);
  const at::Tensor gate = gate_.linear->forward(rows, context);
  return down_.linear->forward(gated(activation_, gate, up, context), context);
}

}  // namespace canvass
