#include "text/word_similarity.h"

#include <cmath>
#include <map>

#include "text/normal_text.h"

namespace canvass {
namespace {

using Counts = std::map<std::u32string, double>;

Counts countWords(std::string_view text) {
  Counts counts;
  for (const std::u32string& word : normalText(text).words) counts[word] += 1.0;
  return counts;
}

}  // namespace

WordSimilarity::WordSimilarity(const std::vector<std::string>& texts) : texts_(texts.size()) {
  std::vector<double> squares(texts.size(), 0.0);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (const auto& [word, count] : countWords(texts[i])) {
      holders_[word].push_back({i, 1.0 + std::log(count)});
    }
  }
  for (auto& [word, holders] : holders_) {
    for (Posting& one : holders) {
      one.weight *= rarity(holders.size());
      squares[one.text] += one.weight * one.weight;
    }
  }
  for (auto& [word, holders] : holders_) {
    for (Posting& one : holders) one.weight /= std::sqrt(squares[one.text]);
  }
}

double WordSimilarity::rarity(std::size_t holders) const {
  return 1.0 + std::log((1.0 + static_cast<double>(texts_)) / (1.0 + static_cast<double>(holders)));
}

std::vector<double> WordSimilarity::to(const std::string& text) const {
  std::vector<double> similarities(texts_, 0.0);
  double square = 0.0;
  for (const auto& [word, count] : countWords(text)) {
    const auto found = holders_.find(word);
    if (found == holders_.end()) continue;
    const double weight = (1.0 + std::log(count)) * rarity(found->second.size());
    square += weight * weight;
    for (const Posting& one : found->second) similarities[one.text] += weight * one.weight;
  }
  if (square > 0.0) {
    for (double& similarity : similarities) similarity /= std::sqrt(square);
  }
  return similarities;
}

}  // namespace canvass
