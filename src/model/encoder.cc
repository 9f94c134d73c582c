#include "model/encoder.h"

#include <fmt/format.h>
#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "base/error.h"
#include "model/relative_attention.h"
#include "nn/dropout.h"

namespace canvass {
namespace {

// The prefix of a model with a head where the weights are named so.
std::string prefixOf(const EncoderConfig& config, const WeightFiles& files) {
  const std::string headed = headedPrefix(config);
  return files.tensors().contains(headed + "embeddings.word_embeddings.weight") ? headed : "";
}

}  // namespace

// Texts beside each other, padded to the longest: the products see only the rows of real tokens,
// attention all of them.
struct Encoder::Batch {
  explicit Batch(const std::vector<std::vector<std::int32_t>>& texts);

  at::Tensor tokens, places;  // [n] int64: of the real tokens; their positions in their texts
  at::Tensor rows;            // [n] int64: where they stand in the padded texts, one after another
  at::Tensor mask;            // [texts, 1, 1, longest] fp32: -infinity where a text has ended
  std::int64_t count = 0, longest = 0;
};

Encoder::Batch::Batch(const std::vector<std::vector<std::int32_t>>& texts) {
  count = static_cast<std::int64_t>(texts.size());
  for (const auto& text : texts) {
    longest = std::max(longest, static_cast<std::int64_t>(text.size()));
  }
  std::vector<std::int64_t> ids, positions, padded;
  mask = at::zeros({count, 1, 1, longest}, at::kFloat);
  for (std::int64_t i = 0; i < count; ++i) {
    const auto& text = texts[static_cast<std::size_t>(i)];
    const auto length = static_cast<std::int64_t>(text.size());
    for (std::int64_t place = 0; place < length; ++place) {
      ids.push_back(text[static_cast<std::size_t>(place)]);
      positions.push_back(place);
      padded.push_back(i * longest + place);
    }
    mask[i].narrow(-1, length, longest - length).fill_(-std::numeric_limits<float>::infinity());
  }
  tokens = torch::tensor(ids, at::kLong);
  places = torch::tensor(positions, at::kLong);
  rows = torch::tensor(padded, at::kLong);
}

Encoder::Encoder(const EncoderConfig& config, const TensorSource& source) : config_(config) {
  const auto take = [&](const std::string& name) {
    at::Tensor tensor = source(name);
    parameters_.emplace_back(name, tensor);
    return tensor;
  };
  const auto takeNorm = [&](const std::string& module) {
    at::Tensor weight = take(module + ".weight");
    return Norm{std::move(weight), take(module + ".bias")};
  };
  words_ = take("embeddings.word_embeddings.weight");
  embeddingNorm_ = takeNorm("embeddings.LayerNorm");
  if (config.relative) {
    distances_ = take("encoder.rel_embeddings.weight");
    distanceNorm_ = takeNorm("encoder.LayerNorm");
  } else {
    positions_ = take("embeddings.position_embeddings.weight");
    segments_ = take("embeddings.token_type_embeddings.weight");
  }
  for (std::int64_t index = 0; index < config.layerCount; ++index) {
    std::vector<std::unique_ptr<Linear>> linears;
    for (const LinearSpec& spec : encoderLinearLayers(config, "", index)) {
      at::Tensor weight = take(spec.module + ".weight");
      linears.push_back(makeLinear(std::move(weight), take(spec.module + ".bias")));
    }
    const std::string module = fmt::format("encoder.layer.{}.", index);
    layers_.push_back({std::move(linears[0]), std::move(linears[1]), std::move(linears[2]),
                       std::move(linears[3]), std::move(linears[4]), std::move(linears[5]),
                       takeNorm(module + "attention.output.LayerNorm"),
                       takeNorm(module + "output.LayerNorm")});
  }
}

NamedTensors Encoder::parameters() const { return parameters_; }

at::Tensor Encoder::normalized(const at::Tensor& rows, const Norm& norm) const {
  return at::layer_norm(rows, {config_.hiddenSize}, norm.weight, norm.bias, config_.normEpsilon);
}

at::Tensor Encoder::embed(const Batch& batch, double dropout) const {
  at::Tensor sum = at::embedding(words_, batch.tokens);
  if (positions_.defined()) {
    sum = sum + at::embedding(positions_, batch.places + config_.firstPosition) + segments_[0];
  }
  return trainingDropout(normalized(sum, embeddingNorm_), dropout);
}

at::Tensor Encoder::states(const std::vector<std::vector<std::int32_t>>& texts,
                           double dropout) const {
  const Batch batch(texts);
  if (batch.longest > config_.maxPositions) {
    throw Error(fmt::format("a text of {} tokens is too long: the model reads {}", batch.longest,
                            config_.maxPositions));
  }
  at::Tensor rows = embed(batch, dropout);
  std::optional<RelativeAttention> relative;
  if (config_.relative) {
    relative.emplace(*config_.relative, normalized(distances_, distanceNorm_), batch.longest);
  }
  for (const Layer& layer : layers_) {
    rows = runLayer(layer, rows, batch, relative ? &*relative : nullptr, dropout);
  }
  return rows;
}

at::Tensor Encoder::runLayer(const Layer& layer, const at::Tensor& rows, const Batch& batch,
                             const RelativeAttention* relative, double dropout) const {
  const std::int64_t headSize = config_.hiddenSize / config_.headCount;
  const auto heads = [&](const Linear& linear) {
    const at::Tensor real = linear.forward(rows);
    return at::zeros({batch.count * batch.longest, config_.hiddenSize}, real.options())
        .index_copy(0, batch.rows, real)
        .view({batch.count, batch.longest, config_.headCount, headSize})
        .transpose(1, 2);
  };
  const at::Tensor queries = heads(*layer.query), keys = heads(*layer.key);
  at::Tensor scores = at::matmul(queries, keys.transpose(2, 3));
  double scale = static_cast<double>(headSize);
  if (relative != nullptr) {
    scores = scores + relative->scores(queries, keys, *layer.query, *layer.key);
    scale *= relative->kinds();
  }
  scores = scores * (1.0 / std::sqrt(scale)) + batch.mask;
  const at::Tensor weights = trainingDropout(scores.softmax(-1), dropout);
  const at::Tensor attended = at::matmul(weights, heads(*layer.value))
                                  .transpose(1, 2)
                                  .reshape({batch.count * batch.longest, config_.hiddenSize})
                                  .index_select(0, batch.rows);
  const at::Tensor middle = normalized(
      rows + trainingDropout(layer.output->forward(attended), dropout), layer.attentionNorm);
  const at::Tensor inner = at::gelu(layer.inner->forward(middle));
  return normalized(middle + trainingDropout(layer.outer->forward(inner), dropout),
                    layer.outputNorm);
}

std::unique_ptr<Encoder> loadEncoder(const ModelFiles& model, bool trainable, Progress& progress) {
  const EncoderConfig config = readEncoderConfig(model);
  const WeightFiles files(model);
  const std::string prefix = prefixOf(config, files);
  const auto isHead = [&](const std::string& name) {
    constexpr std::array heads = {"cls.",    "classifier.",       "lm_head.",
                                  "pooler.", "mask_predictions.", "lm_predictions."};
    // DeBERTa's published files have a table of positions that it does not look at.
    return (config.relative && name == prefix + "embeddings.position_embeddings.weight") ||
           name == prefix + "embeddings.position_ids" || name.starts_with(prefix + "pooler.") ||
           std::ranges::any_of(heads, [&](const char* head) { return name.starts_with(head); });
  };
  WeightSource weights(files, {encoderTensors(config, prefix), config.architecture, isHead},
                       model.describe());
  const auto source = [&](const std::string& name) {
    const at::Tensor tensor = trainable ? weights.takeTrainable(prefix + name, at::kFloat, at::kCPU)
                                        : weights.take(prefix + name, at::kFloat, at::kCPU);
    progress.update(weights.bytesTaken(), weights.bytes(), "");
    return tensor;
  };
  return std::make_unique<Encoder>(config, source);
}

}  // namespace canvass
