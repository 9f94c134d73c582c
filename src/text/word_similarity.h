#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "text/text_similarity.h"

namespace canvass {

// How alike texts are by the words they share, rare words counting more: the cosine of their
// vectors of (1 + ln count) (1 + ln((1 + N) / (1 + N_word))) over words, where N texts are known
// and N_word of them hold the word (TF-IDF with sublinear counts and smoothed frequencies). Words
// are those of normalText: case and punctuation do not count, every wide East Asian character is a
// word. Words that no known text holds do not count.
class WordSimilarity : public TextSimilarity {
 public:
  // Throws Error if a text is not UTF-8.
  explicit WordSimilarity(const std::vector<std::string>& texts);

  std::vector<double> to(const std::string& text) const override;

 private:
  struct Posting {
    std::size_t text;
    double weight;  // of a vector of length 1
  };

  double rarity(std::size_t holders) const;

  std::size_t texts_;
  std::unordered_map<std::u32string, std::vector<Posting>> holders_;
};

}  // namespace canvass
