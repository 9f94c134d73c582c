#include "confidence/word_features.h"

#include <algorithm>
#include <cmath>

#include "text/normal_text.h"

namespace canvass {
namespace {

using Counts = std::map<std::u32string, double>;

// The same word in another part of the text counts as a different word.
void count(Counts& counts, char32_t part, const std::string& text) {
  for (const std::u32string& word : normalText(text).words) {
    counts[std::u32string(1, part) + word] += 1.0;
  }
}

Counts countWords(const AnswerText& text) {
  Counts counts;
  count(counts, U'q', text.question);
  count(counts, U'o', text.options);
  count(counts, U'p', text.population);
  count(counts, U'a', text.answer);
  return counts;
}

}  // namespace

WordFeatures::WordFeatures(const std::vector<AnswerText>& texts, std::size_t maxColumns) {
  std::map<std::u32string, std::size_t> holders;
  for (const AnswerText& text : texts) {
    for (const auto& [word, times] : countWords(text)) ++holders[word];
  }
  std::vector<std::pair<std::size_t, std::u32string>> frequent;
  for (const auto& [word, texts_] : holders) {
    if (texts_ >= 2) frequent.emplace_back(texts_, word);
  }
  std::stable_sort(frequent.begin(), frequent.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  frequent.resize(std::min(frequent.size(), maxColumns));
  for (const auto& [held, word] : frequent) {
    columnOf_.emplace(word, rarities_.size());
    rarities_.push_back(1.0 + std::log((1.0 + static_cast<double>(texts.size())) /
                                       (1.0 + static_cast<double>(held))));
  }
}

std::vector<AnswerFeatures::Row> WordFeatures::rows(const std::vector<AnswerText>& texts) const {
  std::vector<Row> rows;
  for (const AnswerText& text : texts) rows.push_back(row(text));
  return rows;
}

AnswerFeatures::Row WordFeatures::row(const AnswerText& text) const {
  Row row;
  double square = 0.0;
  for (const auto& [word, times] : countWords(text)) {
    const auto column = columnOf_.find(word);
    if (column == columnOf_.end()) continue;
    const double value = (1.0 + std::log(times)) * rarities_[column->second];
    row.emplace_back(column->second, value);
    square += value * value;
  }
  for (auto& [column, value] : row) value /= std::sqrt(square);
  std::sort(row.begin(), row.end());
  return row;
}

}  // namespace canvass
