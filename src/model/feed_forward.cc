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
    case Activation::gelu:
      return gatedGelu(gate, up, context);
  }
  throw Error("the activation is unknown");
}

}  // namespace

FeedForward::FeedForward(const LayerConfig& config, const FeedForwardParameters& parameters,
                         ParameterSource& source)
    : activation_(config.activation),
      inner_(namedLinears(parameters.inner, source)),
      down_(parameters.down, source) {}

at::Tensor FeedForward::forward(const at::Tensor& rows, ExecutionContext& context) const {
  std::vector<at::Tensor> products;
  for (const NamedLinear& one : inner_) products.push_back(one.linear->forward(rows, context));
  if (products.size() == 1) products = products.front().chunk(2, -1);
  return down_.linear->forward(gated(activation_, products[0], products[1], context), context);
}

std::vector<NamedLinear*> FeedForward::linears() {
  std::vector<NamedLinear*> all;
  for (NamedLinear& one : inner_) all.push_back(&one);
  all.push_back(&down_);
  return all;
}

}  // namespace canvass
