#include "model/decoder.h"

#include <torch/torch.h>

#include <limits>
#include <set>
#include <utility>

#include "base/error.h"
#include "checkpoint/decoder_layout.h"
#include "model/rope_frequencies.h"
#include "nn/norm.h"

namespace canvass {
namespace {

at::Tensor take(std::map<std::string, at::Tensor>& tensors, const std::string& name) {
  const auto found = tensors.find(name);
  if (found == tensors.end()) throw Error("the tensor \"" + name + "\" is missing");
  return tensors.extract(found).mapped();
}

Rotary makeRotary(const DecoderConfig& config) {
  const auto frequencies = rotaryFrequencies(config);
  return Rotary(torch::tensor(frequencies, at::kDouble).to(at::kFloat));
}

// Hides keys that lie `window` or more positions before the query.
std::vector<AttentionSegment> applyWindow(std::vector<AttentionSegment> segments,
                                          const at::Tensor& keyPositions,
                                          const at::Tensor& queryPositions, std::int64_t window) {
  for (AttentionSegment& segment : segments) {
    const at::Tensor keys = keyPositions.narrow(0, segment.firstKey, segment.keyCount);
    const at::Tensor queries = queryPositions.narrow(0, segment.firstQuery, segment.queryCount);
    const at::Tensor tooFar = (queries.unsqueeze(1) - keys.unsqueeze(0)) >= window;
    segment.mask = segment.mask.masked_fill(tooFar, -std::numeric_limits<float>::infinity());
  }
  return segments;
}

}  // namespace

// What all layers of one forward pass share.
struct Decoder::Pass {
  const PackedTokens& packed;
  Rotary::Angles angles, answerAngles;
  struct Segments {
    std::vector<AttentionSegment> all, answers;
  };
  std::map<std::int64_t, Segments> byWindow;

  Pass(const Decoder& decoder, const PackedTokens& tokens)
      : packed(tokens), angles(decoder.rotary_.anglesAt(tokens.positions)) {
    const at::Tensor answerPositions = tokens.positions.index_select(0, tokens.answerRows);
    answerAngles = decoder.rotary_.anglesAt(answerPositions);
    for (const Layer& layer : decoder.layers_) {
      if (byWindow.contains(layer.window)) continue;
      Segments& segments = byWindow[layer.window];
      segments = {tokens.segments, tokens.answerSegments};
      if (layer.window == 0) continue;
      segments.all =
          applyWindow(segments.all, tokens.positions, tokens.positions, layer.window);
      segments.answers =
          applyWindow(segments.answers, tokens.positions, answerPositions, layer.window);
    }
  }
};

Decoder::Decoder(const DecoderConfig& config, std::map<std::string, at::Tensor> tensors,
                 at::ScalarType computeType)
    : config_(config),
      computeType_(computeType),
      rotary_(makeRotary(config)),
      embeddings_(take(tensors, "model.embed_tokens.weight")),
      finalNorm_(take(tensors, "model.norm.weight")),
      head_(config.tiedEmbeddings ? embeddings_ : take(tensors, "lm_head.weight")) {
  layers_.reserve(static_cast<std::size_t>(config.layerCount));
  for (std::int64_t index = 0; index < config.layerCount; ++index) {
    layers_.push_back(buildLayer(index, tensors));
  }
  for (std::int64_t index = 0; index < config.layerCount; ++index) {
    Layer& layer = layers_[static_cast<std::size_t>(index)];
    std::unique_ptr<Linear>* const linears[] = {&layer.query, &layer.key, &layer.value,
                                                &layer.output, &layer.gate, &layer.up,
                                                &layer.down};
    const auto specs = linearLayers(config, index);
    for (std::size_t i = 0; i < specs.size(); ++i) linears_[specs[i].module] = linears[i];
  }
}

Decoder::Layer Decoder::buildLayer(std::int64_t index, std::map<std::string, at::Tensor>& tensors) {
  std::vector<std::unique_ptr<Linear>> linears;
  for (const LinearSpec& spec : linearLayers(config_, index)) {
    at::Tensor weight = take(tensors, spec.module + ".weight");
    at::Tensor bias = spec.bias ? take(tensors, spec.module + ".bias") : at::Tensor();
    linears.push_back(std::make_unique<DenseLinear>(std::move(weight), std::move(bias)));
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
  layer.inputNorm = take(tensors, prefix + "input_layernorm.weight");
  layer.mlpNorm = take(tensors, prefix + "post_attention_layernorm.weight");
  if (config_.queryKeyNorm) {
    layer.queryNorm = take(tensors, prefix + "self_attn.q_norm.weight");
    layer.keyNorm = take(tensors, prefix + "self_attn.k_norm.weight");
  }
  layer.window = config_.attentionWindow[static_cast<std::size_t>(index)];
  return layer;
}

at::Tensor Decoder::answerStates(const PackedTokens& packed) const {
  const Pass pass(*this, packed);
  at::Tensor stream = at::embedding(embeddings_, packed.tokens).to(at::kFloat);
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    stream = runLayer(layers_[i], stream, pass, i + 1 == layers_.size());
  }
  return rmsNorm(stream, finalNorm_, config_.normEpsilon, at::kFloat);
}

at::Tensor Decoder::runLayer(const Layer& layer, const at::Tensor& stream, const Pass& pass,
                             bool answersOnly) const {
  const at::Tensor normed = rmsNorm(stream, layer.inputNorm, config_.normEpsilon, computeType_);
  const at::Tensor attended = attend(layer, normed, pass, answersOnly);
  const at::Tensor rows =
      answersOnly ? stream.index_select(0, pass.packed.answerRows) : stream;
  const at::Tensor middle = rows + layer.output->forward(attended).to(at::kFloat);
  return middle + feedForward(layer, middle).to(at::kFloat);
}

at::Tensor Decoder::heads(const Linear& linear, const at::Tensor& rows, const at::Tensor& norm,
                          std::int64_t count, const Rotary::Angles* angles) const {
  at::Tensor result = linear.forward(rows).view({rows.size(0), count, config_.headSize});
  if (norm.defined()) result = rmsNorm(result, norm, config_.normEpsilon, computeType_);
  return angles != nullptr ? Rotary::apply(result, *angles) : result;
}

at::Tensor Decoder::attend(const Layer& layer, const at::Tensor& normed, const Pass& pass,
                           bool answersOnly) const {
  const at::Tensor asking =
      answersOnly ? normed.index_select(0, pass.packed.answerRows) : normed;
  const auto& segments = pass.byWindow.at(layer.window);
  const at::Tensor queries = heads(*layer.query, asking, layer.queryNorm, config_.headCount,
                                   answersOnly ? &pass.answerAngles : &pass.angles);
  const at::Tensor keys =
      heads(*layer.key, normed, layer.keyNorm, config_.keyValueHeadCount, &pass.angles);
  const at::Tensor values =
      heads(*layer.value, normed, at::Tensor(), config_.keyValueHeadCount, nullptr);
  return segmentAttention(queries, keys, values, answersOnly ? segments.answers : segments.all);
}

at::Tensor Decoder::feedForward(const Layer& layer, const at::Tensor& stream) const {
  const at::Tensor normed = rmsNorm(stream, layer.mlpNorm, config_.normEpsilon, computeType_);
  return layer.down->forward(at::silu(layer.gate->forward(normed)) * layer.up->forward(normed));
}

at::Tensor Decoder::logits(const at::Tensor& states) const {
  const at::Tensor rows = states.to(computeType_);
  return at::linear(rows, head_.to(computeType_)).to(at::kFloat);
}

at::Tensor Decoder::logitsOf(const at::Tensor& states, const at::Tensor& tokens) const {
  const at::Tensor weights =
      at::embedding(head_, tokens).to(computeType_);  // [answers, options, hiddenSize]
  return at::bmm(weights, states.to(computeType_).unsqueeze(2)).squeeze(2).to(at::kFloat);
}

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
