#include "confidence/meaning_features.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace canvass {
namespace {

constexpr double minSpread = 1e-9;

std::vector<std::vector<float>> vectorsOf(const std::vector<AnswerText>& texts,
                                          const TextEmbedder& embedder) {
  std::vector<std::string> whole;
  for (const AnswerText& text : texts) {
    whole.push_back(
        fmt::format("{}\n{}{}: {}", text.question, text.options, text.population, text.answer));
  }
  return embedder.embed(whole);
}

}  // namespace

MeaningFeatures::MeaningFeatures(const std::vector<AnswerText>& texts,
                                 std::shared_ptr<const TextEmbedder> embedder,
                                 std::vector<Row>& rowsOfTexts)
    : embedder_(std::move(embedder)) {
  const auto vectors = vectorsOf(texts, *embedder_);
  const std::size_t columns = vectors.front().size();
  means_.resize(columns, 0.0);
  scales_.resize(columns, 0.0);
  const auto count = static_cast<double>(vectors.size());
  for (const auto& vector : vectors) {
    for (std::size_t c = 0; c < columns; ++c) means_[c] += vector[c] / count;
  }
  for (const auto& vector : vectors) {
    for (std::size_t c = 0; c < columns; ++c) {
      scales_[c] += (vector[c] - means_[c]) * (vector[c] - means_[c]) / count;
    }
  }
  for (double& scale : scales_) {
    const double spread = std::sqrt(scale);
    scale = spread > minSpread ? 1.0 / (spread * std::sqrt(static_cast<double>(columns))) : 0;
  }
  rowsOfTexts = standardized(vectors);
}

std::vector<AnswerFeatures::Row> MeaningFeatures::rows(const std::vector<AnswerText>& texts) const {
  return standardized(vectorsOf(texts, *embedder_));
}

std::vector<AnswerFeatures::Row> MeaningFeatures::standardized(
    const std::vector<std::vector<float>>& vectors) const {
  std::vector<Row> rows;
  for (const std::vector<float>& vector : vectors) {
    Row& row = rows.emplace_back();
    for (std::size_t c = 0; c < vector.size(); ++c) {
      if (scales_[c] > 0.0) row.emplace_back(c, (vector[c] - means_[c]) * scales_[c]);
    }
  }
  return rows;
}

}  // namespace canvass
