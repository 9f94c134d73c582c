#include "option_scorer/option_head.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "base/random.h"
#include "model/stored_tensors.h"
#include "model_files/safetensors.h"
#include "nn/dropout.h"

namespace canvass {
namespace {

// Normal with variance 1/inputs.
at::Tensor randomWeight(std::int64_t outputs, std::int64_t inputs, RandomStream& random) {
  at::Tensor weight = at::empty({outputs, inputs}, at::kFloat);
  const double scale = 1.0 / std::sqrt(static_cast<double>(inputs));
  float* values = weight.data_ptr<float>();
  for (std::int64_t i = 0; i < weight.numel(); ++i) {
    values[i] = static_cast<float>(scale * random.normal());
  }
  return weight;
}

at::Tensor spreadOf(const at::Tensor& states) {
  return states.size(0) > 1 ? states.std(0).clamp_min(1e-6) : at::ones_like(states[0]);
}

}  // namespace

OptionHead::OptionHead(const Sizes& sizes, std::uint64_t seed, const at::Tensor& options,
                       const at::Tensor& populations)
    : ofOptions_{options.mean(0), spreadOf(options)},
      ofPopulations_{populations.mean(0), spreadOf(populations)} {
  RandomStream random(seed, "option head");
  const auto network = [&](std::int64_t outputs, bool startsAtZero) {
    return Network{randomWeight(sizes.hidden, sizes.state, random), at::zeros({sizes.hidden}),
                   startsAtZero ? at::zeros({outputs, sizes.hidden})
                                : randomWeight(outputs, sizes.hidden, random),
                   at::zeros({outputs})};
  };
  level_ = network(1, true);
  options_ = network(sizes.rank, true);
  populations_ = network(sizes.rank, false);
}

NamedTensors OptionHead::parameters() const {
  NamedTensors named;
  const auto add = [&](const char* name, const Network& network) {
    named.emplace_back(fmt::format("{}.inner.weight", name), network.inner);
    named.emplace_back(fmt::format("{}.inner.bias", name), network.innerBias);
    named.emplace_back(fmt::format("{}.outer.weight", name), network.outer);
    named.emplace_back(fmt::format("{}.outer.bias", name), network.outerBias);
  };
  add("level", level_);
  add("options", options_);
  add("populations", populations_);
  return named;
}

NamedTensors OptionHead::all() const {
  NamedTensors named = parameters();
  named.emplace_back("options.mean", ofOptions_.mean);
  named.emplace_back("options.spread", ofOptions_.spread);
  named.emplace_back("populations.mean", ofPopulations_.mean);
  named.emplace_back("populations.spread", ofPopulations_.spread);
  return named;
}

void OptionHead::save(const std::filesystem::path& file) const { saveWeights(all(), file); }

OptionHead::OptionHead(const ModelFiles& model, const std::string& file, std::int64_t stateSize) {
  const SafetensorsFile stored(model, file);
  const auto take = [&](const std::string& name, std::int64_t rows, std::int64_t columns) {
    const auto found = stored.tensors().find(name);
    if (found == stored.tensors().end()) {
      throw Error(fmt::format("the tensor \"{}\" is missing", name), model.describe(file));
    }
    at::Tensor tensor = toTensor(found->second, at::kFloat);
    const bool fits =
        columns == 0 ? tensor.dim() == 1 : tensor.dim() == 2 && tensor.size(1) == columns;
    if (!fits || (rows > 0 && tensor.size(0) != rows)) {
      throw Error(fmt::format("the tensor \"{}\" has a shape that does not fit the encoder", name),
                  model.describe(file), "the head belongs to another encoder");
    }
    return tensor;
  };
  const auto network = [&](const std::string& name, std::int64_t outputs) {
    Network result;
    result.inner = take(name + ".inner.weight", 0, stateSize);
    const std::int64_t hidden = result.inner.size(0);
    result.innerBias = take(name + ".inner.bias", hidden, 0);
    result.outer = take(name + ".outer.weight", outputs, hidden);
    result.outerBias = take(name + ".outer.bias", result.outer.size(0), 0);
    return result;
  };
  level_ = network("level", 1);
  options_ = network("options", 0);
  populations_ = network("populations", options_.outer.size(0));
  ofOptions_ = {take("options.mean", stateSize, 0), take("options.spread", stateSize, 0)};
  ofPopulations_ = {take("populations.mean", stateSize, 0),
                    take("populations.spread", stateSize, 0)};
}

at::Tensor OptionHead::apply(const Network& network, const at::Tensor& states, double dropout,
                             ExecutionContext& context) const {
  const at::Tensor inner = at::gelu(
      at::linear(trainingDropout(states, dropout, context), network.inner, network.innerBias));
  return at::linear(trainingDropout(inner, dropout, context), network.outer, network.outerBias);
}

at::Tensor OptionHead::scores(const at::Tensor& options, const at::Tensor& populations,
                              double dropout, ExecutionContext& context) const {
  const at::Tensor o = (options - ofOptions_.mean) / ofOptions_.spread;
  const at::Tensor p = (populations - ofPopulations_.mean) / ofPopulations_.spread;
  const at::Tensor ofPopulations = apply(populations_, p, dropout, context).t();
  const at::Tensor together = at::matmul(apply(options_, o, dropout, context), ofPopulations);
  const double scale = 1.0 / std::sqrt(static_cast<double>(options_.outer.size(0)));
  return apply(level_, o, dropout, context) + together * scale;
}

void OptionHead::recordGradients() {
  for (auto& [name, tensor] : parameters()) tensor.set_requires_grad(true);
}

}  // namespace canvass
