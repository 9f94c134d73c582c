#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "confidence/answer_features.h"

namespace canvass {

// One column for each word of each part of the text that occurs in at least two of the texts it was
// built from, the most frequent first, up to `maxColumns`. A row has (1 + ln count) times the
// word's rarity, 1 + ln((1 + N) / (1 + N_word)), and length 1.
class WordFeatures : public AnswerFeatures {
 public:
  WordFeatures(const std::vector<AnswerText>& texts, std::size_t maxColumns);

  std::size_t columns() const override { return rarities_.size(); }
  std::vector<Row> rows(const std::vector<AnswerText>& texts) const override;

 private:
  Row row(const AnswerText& text) const;

  std::map<std::u32string, std::size_t> columnOf_;
  std::vector<double> rarities_;  // by column
};

}  // namespace canvass
