#include "model/decoder.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <map>
#include <utility>

#include "model/forward_pass.h"
#include "model/key_value_cache.h"
#include "model/rope_frequencies.h"
#include "nn/recompute.h"

namespace canvass {
namespace {

Rotary makeRotary(const RotaryConfig& config, at::Device device) {
  const auto frequencies = rotaryFrequencies(config);
  return Rotary(at::tensor(frequencies, at::kDouble).to(device, at::kFloat),
                config.scaling.amplitude);
}

}  // namespace

Decoder::Decoder(const DecoderConfig& config, ParameterSource& source, at::ScalarType computeType)
    : config_(config),
      names_(decoderParameters(config)),
      computeType_(computeType),
      embeddings_(source.table(names_.embeddings.name)),
      norm_(config.norm, names_.norm, source),
      head_(names_.head ? source.table(names_.head->name) : embeddings_, computeType,
            config.logitCap) {
  layers_.reserve(config.layers.size());  // linears_ points into them
  for (std::size_t index = 0; index < config.layers.size(); ++index) {
    const LayerConfig& layer = config.layers[index];
    layers_.emplace_back(layer, names_.layers[index], LayerIndex{index, rotaryIndex(layer.rotary)},
                         source);
    for (NamedLinear* linear : layers_.back().linears()) linears_.push_back(linear);
  }
}

// The table's index; makes the table if no layer had it before.
std::size_t Decoder::rotaryIndex(const RotaryConfig& config) {
  const auto found = std::find(rotaryConfigs_.begin(), rotaryConfigs_.end(), config);
  const auto index = static_cast<std::size_t>(found - rotaryConfigs_.begin());
  if (found == rotaryConfigs_.end()) {
    rotaryConfigs_.push_back(config);
    rotaries_.push_back(makeRotary(config, device()));
  }
  return index;
}

at::Tensor Decoder::answerStates(const PackedTokens& packed, ExecutionContext& context,
                                 KeyValueCache* earlier) const {
  const auto pass =
      std::make_shared<const ForwardPass>(packed, rotaries_, computeType_, device(), earlier);
  at::Tensor stream = embeddings_.rowsOf(packed.tokens).to(at::kFloat);
  if (config_.embeddingScale != 1.0) stream = stream * config_.embeddingScale;
  const bool again = recomputes_ && at::GradMode::is_enabled();
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const Asking asking = i + 1 == layers_.size() ? Asking::answers : Asking::everyRow;
    const auto step = [this, i, pass, asking](const at::Tensor& rows, ExecutionContext& within) {
      return layers_[i].forward(rows, *pass, asking, within);
    };
    stream = again ? recomputed(stream, step, context) : step(stream, context);
  }
  if (earlier != nullptr) earlier->advance(pass->tokenCount());
  return norm_.forward(stream, at::kFloat, context).narrow(0, 0, packed.answerCount);
}

at::Tensor Decoder::answerStates(const PackedTokens& packed, KeyValueCache* earlier) const {
  ExecutionContext context;
  return answerStates(packed, context, earlier);
}

at::Tensor Decoder::logits(const at::Tensor& states) const {
  ExecutionContext context;
  return head_.logits(states, context);
}

void Decoder::multiplyOnly(std::size_t rows, ExecutionContext& context) const {
  std::map<std::int64_t, at::Tensor> zeros;  // by their columns
  for (const NamedLinear* linear : linears_) {
    at::Tensor& input = zeros[linear->spec.inputs];
    if (!input.defined()) {
      input = at::zeros({static_cast<std::int64_t>(rows), linear->spec.inputs},
                        at::TensorOptions().device(device()).dtype(computeType_));
    }
    linear->linear->forward(input, context);
  }
}

std::size_t Decoder::productBytes() const {
  std::size_t bytes = head_.bytes();
  for (const NamedLinear* linear : linears_) bytes += linear->linear->bytes();
  return bytes;
}

at::Device Decoder::device() const { return embeddings_.device(); }

int Decoder::threads() const { return device().is_cpu() ? at::get_num_threads() : 1; }

NamedTensors Decoder::parameters() const {
  NamedTensors all;
  if (embeddings_.numbers().defined()) {
    all.emplace_back(names_.embeddings.name, embeddings_.numbers());
  }
  norm_.appendParameters(all);
  if (names_.head && head_.table().numbers().defined()) {
    all.emplace_back(names_.head->name, head_.table().numbers());
  }
  for (const DecoderLayer& layer : layers_) layer.appendNorms(all);
  std::map<std::string, const Linear*> byName;
  for (const NamedLinear* linear : linears_) byName[linear->spec.module] = linear->linear.get();
  for (const auto& [module, linear] : byName) linear->appendParameters(module, all);
  return all;
}

}  // namespace canvass
