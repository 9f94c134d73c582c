#include "model/decoder.h"

#include <torch/torch.h>

#include <utility>

#include "model/forward_pass.h"
#include "model/key_value_cache.h"
#include "model/rope_frequencies.h"
#include "model_files/decoder_layout.h"
#include "nn/elementwise.h"
#include "nn/norm.h"
#include "nn/recompute.h"

namespace canvass {
namespace {

Rotary makeRotary(const DecoderConfig& config, at::Device device) {
  const auto frequencies = rotaryFrequencies(config);
  return Rotary(torch::tensor(frequencies, at::kDouble).to(device, at::kFloat));
}

std::unique_ptr<Linear> linearOf(const LinearSpec& spec, const TensorSource& source) {
  const at::Tensor weight = source(spec.module + ".weight");
  return makeLinear(weight, spec.bias ? source(spec.module + ".bias") : at::Tensor());
}

}  // namespace

Decoder::Decoder(const DecoderConfig& config, const TensorSource& source,
                 at::ScalarType computeType)
    : config_(config),
      computeType_(computeType),
      embeddings_(source("model.embed_tokens.weight")),
      rotary_(makeRotary(config, embeddings_.device())),
      finalNorm_(source("model.norm.weight")),
      head_(config.tiedEmbeddings ? embeddings_ : source("lm_head.weight")) {
  layers_.reserve(static_cast<std::size_t>(config.layerCount));
  for (std::int64_t index = 0; index < config.layerCount; ++index) {
    layers_.push_back(buildLayer(index, source));
  }
  for (std::int64_t index = 0; index < config.layerCount; ++index) {
    Layer& layer = layers_[static_cast<std::size_t>(index)];
    std::unique_ptr<Linear>* const linears[] = {
        &layer.query, &layer.key, &layer.value, &layer.output, &layer.gate, &layer.up, &layer.down};
    const auto specs = linearLayers(config, index);
    for (std::size_t i = 0; i < specs.size(); ++i) linears_[specs[i].module] = linears[i];
  }
}

Decoder::Layer Decoder::buildLayer(std::int64_t index, const TensorSource& source) {
  std::vector<std::unique_ptr<Linear>> linears;
  for (const LinearSpec& spec : linearLayers(config_, index)) {
    linears.push_back(linearOf(spec, source));
  }
  Layer layer;
  layer.query = std::move(linears[0]);
  layer.key = std::move(linears[1]);
  layer.value = std::move(linears[2]);
  layer.output = std::move(linears[3]);
  layer.gate = std::move(linears[4]);
  layer.up = std::move(linears[5]);
  layer.down = std::move(linears[6]);
  const std::string prefix = "model.layers." + std::to_string(index) + ".";
  layer.inputNorm = source(prefix + "input_layernorm.weight");
  layer.mlpNorm = source(prefix + "post_attention_layernorm.weight");
  if (config_.queryKeyNorm) {
    layer.queryNorm = source(prefix + "self_attn.q_norm.weight");
    layer.keyNorm = source(prefix + "self_attn.k_norm.weight");
  }
  layer.index = static_cast<std::size_t>(index);
  layer.window = config_.attentionWindow[static_cast<std::size_t>(index)];
  return layer;
}

at::Tensor Decoder::answerStates(const PackedTokens& packed, KeyValueCache* earlier) const {
  const auto pass =
      std::make_shared<const ForwardPass>(packed, rotary_, computeType_, device(), earlier);
  at::Tensor stream = at::embedding(embeddings_, packed.tokens.to(device())).to(at::kFloat);
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const Asking asking = i + 1 == layers_.size() ? Asking::answers : Asking::everyRow;
    const auto step = [this, i, pass, asking](const at::Tensor& rows) {
      return runLayer(layers_[i], rows, *pass, asking);
    };
    const bool again = recomputes_ && at::GradMode::is_enabled();
    stream = again ? recomputed(stream, step) : step(stream);
  }
  if (earlier != nullptr) earlier->advance(pass->tokenCount());
  const at::Tensor states = rmsNorm(stream, finalNorm_, config_.normEpsilon, at::kFloat);
  return states.narrow(0, 0, packed.answerCount);
}

at::Tensor Decoder::runLayer(const Layer& layer, const at::Tensor& stream, const ForwardPass& pass,
                             Asking asking) const {
  const at::Tensor normed = rmsNorm(stream, layer.inputNorm, config_.normEpsilon, computeType_);
  const at::Tensor attended = layer.output->forward(attend(layer, normed, pass, asking));
  const at::Tensor middle = addToStream(pass.asking(stream, asking), attended);
  return addToStream(middle, feedForward(layer, middle));
}

at::Tensor Decoder::heads(const Linear& linear, const at::Tensor& rows, const at::Tensor& norm,
                          std::int64_t count, const Rotary::Angles* angles) const {
  at::Tensor result = linear.forward(rows).view({rows.size(0), count, config_.headSize});
  if (norm.defined()) result = rmsNorm(result, norm, config_.normEpsilon, computeType_);
  return angles != nullptr ? Rotary::apply(result, *angles) : result;
}

at::Tensor Decoder::attend(const Layer& layer, const at::Tensor& normed, const ForwardPass& pass,
                           Asking asking) const {
  const at::Tensor queries = heads(*layer.query, pass.asking(normed, asking), layer.queryNorm,
                                   config_.headCount, &pass.angles(asking));
  const at::Tensor keys = heads(*layer.key, normed, layer.keyNorm, config_.keyValueHeadCount,
                                &pass.angles(Asking::everyRow));
  const at::Tensor values =
      heads(*layer.value, normed, at::Tensor(), config_.keyValueHeadCount, nullptr);
  const auto [allKeys, allValues] = pass.withEarlier(layer.index, keys, values);
  return pass.attention(queries, allKeys, allValues, asking, layer.window);
}

at::Tensor Decoder::feedForward(const Layer& layer, const at::Tensor& stream) const {
  const at::Tensor normed = rmsNorm(stream, layer.mlpNorm, config_.normEpsilon, computeType_);
  return layer.down->forward(gatedSilu(layer.gate->forward(normed), layer.up->forward(normed)));
}

void Decoder::packHead() const {
  std::call_once(headPacked_, [this] {
    if (head_.requires_grad() || !head_.is_cpu()) {
      packedHead_ = std::make_unique<DenseLinear>(head_, at::Tensor());
    } else {
      packedHead_ = std::make_unique<PackedLinear>(head_.to(computeType_), at::Tensor());
    }
  });
}

at::Tensor Decoder::logits(const at::Tensor& states) const {
  packHead();
  return packedHead_->forward(states.to(computeType_)).to(at::kFloat);
}

at::Tensor Decoder::logitsOf(const at::Tensor& states, const at::Tensor& tokens) const {
  const at::Tensor weights =
      at::embedding(head_, tokens.to(device())).to(computeType_);  // [answers, options, hiddenSize]
  return at::bmm(weights, states.to(computeType_).unsqueeze(2)).squeeze(2).to(at::kFloat);
}

void Decoder::multiplyOnly(std::size_t rows) const {
  const auto zeros = [&](std::int64_t columns) {
    return at::zeros({static_cast<std::int64_t>(rows), columns},
                     embeddings_.options().dtype(computeType_).requires_grad(false));
  };
  const at::Tensor hidden = zeros(config_.hiddenSize);
  const at::Tensor heads = zeros(config_.headCount * config_.headSize);
  const at::Tensor inner = zeros(config_.intermediateSize);
  for (const Layer& layer : layers_) {
    for (const auto* linear : {&layer.query, &layer.key, &layer.value, &layer.gate, &layer.up}) {
      (*linear)->forward(hidden);
    }
    layer.output->forward(heads);
    layer.down->forward(inner);
  }
}

std::size_t Decoder::productBytes() const {
  std::size_t bytes = packedHead_ ? packedHead_->bytes() : 0;
  for (const auto& [module, linear] : linears_) bytes += (*linear)->bytes();
  return bytes;
}

at::Device Decoder::device() const { return embeddings_.device(); }

int Decoder::threads() const { return device().is_cpu() ? at::get_num_threads() : 1; }

NamedTensors Decoder::parameters() const {
  NamedTensors all = {{"model.embed_tokens.weight", embeddings_},
                      {"model.norm.weight", finalNorm_}};
  if (!config_.tiedEmbeddings) all.emplace_back("lm_head.weight", head_);
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const Layer& layer = layers_[i];
    const std::string prefix = "model.layers." + std::to_string(i) + ".";
    all.emplace_back(prefix + "input_layernorm.weight", layer.inputNorm);
    all.emplace_back(prefix + "post_attention_layernorm.weight", layer.mlpNorm);
    if (layer.queryNorm.defined()) {
      all.emplace_back(prefix + "self_attn.q_norm.weight", layer.queryNorm);
      all.emplace_back(prefix + "self_attn.k_norm.weight", layer.keyNorm);
    }
  }
  for (const auto& [module, linear] : linears_) (*linear)->appendParameters(module, all);
  return all;
}

std::unique_ptr<Linear>* Decoder::findLinear(const std::string& module) {
  const auto found = linears_.find(module);
  return found == linears_.end() ? nullptr : found->second;
}

}  // namespace canvass
