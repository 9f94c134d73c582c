#include "model/encoder.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "base/error.h"
#include "model/relative_attention.h"
#include "model/stored_parameters.h"
#include "model_files/weight_files.h"
#include "nn/dropout.h"

namespace canvass {
namespace {

// The prefix of a model with a head if the weights are named so.
std::string prefixOf(const EncoderConfig& config, const WeightFiles& files) {
  const std::string headed = headedPrefix(config);
  const std::string words = encoderParameters(config).words.name;
  return files.tensors().contains(headed + words) ? headed : "";
}

// A table that only some families have.
at::Tensor optionalTable(const std::optional<TensorSpec>& spec, ParameterSource& source) {
  return spec ? source.embedding(spec->name).to(at::kFloat) : at::Tensor();
}

// What may be in the files without being part of the encoder.
bool isUnused(const EncoderConfig& config, const std::string& prefix, const std::string& name) {
  constexpr std::array heads = {"cls.",    "classifier.",       "lm_head.",
                                "pooler.", "mask_predictions.", "lm_predictions."};
  // DeBERTa's published files have a position table that they do not use.
  return (config.relative && name == prefix + "embeddings.position_embeddings.weight") ||
         name == prefix + "embeddings.position_ids" || name.starts_with(prefix + "pooler.") ||
         std::ranges::any_of(heads, [&](const char* head) { return name.starts_with(head); });
}

ExpectedTensors expectedOfEncoder(const EncoderConfig& config, const std::string& prefix) {
  std::vector<TensorSpec> tensors = encoderTensors(config);
  for (TensorSpec& spec : tensors) spec.name = prefix + spec.name;
  return {std::move(tensors), config.architecture,
          [config, prefix](const std::string& name) { return isUnused(config, prefix, name); }};
}

}  // namespace

// Texts side by side, padded to the longest: the products see only the rows of real tokens,
// attention all of them.
struct Encoder::Batch {
  explicit Batch(const std::vector<std::vector<std::int32_t>>& texts);

  at::Tensor tokens, places;  // [n] int64: of the real tokens; their positions in their texts
  at::Tensor rows;            // [n] int64: their indices in the padded texts, one after another
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
  tokens = at::tensor(ids, at::kLong);
  places = at::tensor(positions, at::kLong);
  rows = at::tensor(padded, at::kLong);
}

struct Encoder::Pass {
  const Batch& batch;
  const RelativeAttention* relative;  // null if the family has learned positions
  double dropout;
  ExecutionContext& context;

  at::Tensor dropped(const at::Tensor& x) const { return trainingDropout(x, dropout, context); }
  at::Tensor normed(const at::Tensor& x, const Norm& norm) const {
    return norm.forward(x, at::kFloat, context);
  }
};

Encoder::Layer::Layer(const NormConfig& norm, const EncoderLayerParameters& parameters,
                      ParameterSource& source)
    : query(parameters.query, source),
      key(parameters.key, source),
      value(parameters.value, source),
      output(parameters.output, source),
      inner(parameters.inner, source),
      outer(parameters.outer, source),
      attentionNorm(norm, parameters.attentionNorm, source),
      outputNorm(norm, parameters.outputNorm, source) {}

Encoder::Encoder(const EncoderConfig& config, ParameterSource& source)
    : config_(config),
      names_(encoderParameters(config)),
      words_(source.embedding(names_.words.name)),
      positions_(optionalTable(names_.positions, source)),
      segments_(optionalTable(names_.segments, source)),
      distances_(optionalTable(names_.distances, source)),
      embeddingNorm_(config.norm, names_.embeddingNorm, source) {
  if (names_.distanceNorm) distanceNorm_.emplace(config.norm, *names_.distanceNorm, source);
  for (const EncoderLayerParameters& layer : names_.layers) {
    layers_.emplace_back(config.norm, layer, source);
  }
}

NamedTensors Encoder::parameters() const {
  NamedTensors all = {{names_.words.name, words_}};
  embeddingNorm_.appendParameters(all);
  if (names_.distances) all.emplace_back(names_.distances->name, distances_);
  if (distanceNorm_) distanceNorm_->appendParameters(all);
  if (names_.positions) all.emplace_back(names_.positions->name, positions_);
  if (names_.segments) all.emplace_back(names_.segments->name, segments_);
  for (const Layer& layer : layers_) {
    for (const NamedLinear* linear :
         {&layer.query, &layer.key, &layer.value, &layer.output, &layer.inner, &layer.outer}) {
      linear->linear->appendParameters(linear->spec.module, all);
    }
    layer.attentionNorm.appendParameters(all);
    layer.outputNorm.appendParameters(all);
  }
  return all;
}

at::Tensor Encoder::embed(const Pass& pass) const {
  at::Tensor sum = at::embedding(words_, pass.batch.tokens).to(at::kFloat);
  if (positions_.defined()) {
    sum = sum + at::embedding(positions_, pass.batch.places + config_.firstPosition) + segments_[0];
  }
  return pass.dropped(pass.normed(sum, embeddingNorm_));
}

at::Tensor Encoder::states(const std::vector<std::vector<std::int32_t>>& texts, double dropout,
                           ExecutionContext& context) const {
  const Batch batch(texts);
  if (batch.longest > config_.maxPositions) {
    throw Error(fmt::format("a text of {} tokens is too long: the model reads at most {}",
                            batch.longest, config_.maxPositions));
  }
  std::optional<RelativeAttention> relative;
  if (config_.relative) {
    relative.emplace(*config_.relative, distanceNorm_->forward(distances_, at::kFloat, context),
                     batch.longest);
  }
  const Pass pass{batch, relative ? &*relative : nullptr, dropout, context};
  at::Tensor rows = embed(pass);
  for (const Layer& layer : layers_) rows = runLayer(layer, rows, pass);
  return rows;
}

at::Tensor Encoder::states(const std::vector<std::vector<std::int32_t>>& texts) const {
  ExecutionContext context;
  return states(texts, 0.0, context);
}

at::Tensor Encoder::attend(const Layer& layer, const at::Tensor& rows, const Pass& pass) const {
  const Batch& batch = pass.batch;
  const std::int64_t headSize = config_.hiddenSize / config_.headCount;
  const auto heads = [&](const NamedLinear& projection) {
    const at::Tensor real = projection.linear->forward(rows, pass.context);
    return at::zeros({batch.count * batch.longest, config_.hiddenSize}, real.options())
        .index_copy(0, batch.rows, real)
        .view({batch.count, batch.longest, config_.headCount, headSize})
        .transpose(1, 2);
  };
  const at::Tensor queries = heads(layer.query), keys = heads(layer.key);
  at::Tensor scores = at::matmul(queries, keys.transpose(2, 3));
  double scale = static_cast<double>(headSize);
  if (pass.relative != nullptr) {
    scores = scores + pass.relative->scores(queries, keys, *layer.query.linear, *layer.key.linear,
                                            pass.context);
    scale *= pass.relative->kinds();
  }
  scores = scores * (1.0 / std::sqrt(scale)) + batch.mask;
  const at::Tensor weights = pass.dropped(scores.softmax(-1));
  return at::matmul(weights, heads(layer.value))
      .transpose(1, 2)
      .reshape({batch.count * batch.longest, config_.hiddenSize})
      .index_select(0, batch.rows);
}

at::Tensor Encoder::runLayer(const Layer& layer, const at::Tensor& rows, const Pass& pass) const {
  const at::Tensor attended = layer.output.linear->forward(attend(layer, rows, pass), pass.context);
  const at::Tensor middle = pass.normed(rows + pass.dropped(attended), layer.attentionNorm);
  const at::Tensor inner = at::gelu(layer.inner.linear->forward(middle, pass.context));
  const at::Tensor outer = layer.outer.linear->forward(inner, pass.context);
  return pass.normed(middle + pass.dropped(outer), layer.outputNorm);
}

std::unique_ptr<Encoder> loadEncoder(const ModelFiles& model, bool trainable, Progress& progress) {
  const EncoderConfig config = readEncoderConfig(model);
  const WeightFiles files(model);
  const std::string prefix = prefixOf(config, files);
  StoredParameters parameters(files, expectedOfEncoder(config, prefix), model.describe(),
                              {.trainable = trainable, .prefix = prefix}, progress);
  return std::make_unique<Encoder>(config, parameters);
}

}  // namespace canvass
