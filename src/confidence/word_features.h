#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "survey/distribution.h"
#include "survey/survey.h"

namespace canvass {

// What an auxiliary model sees of one answer: the words of what was asked, and of what was
// answered, never how sure the answer was.
struct AnswerText {
  std::string question;
  std::string options;     // all of them
  std::string population;  // its phrase
  std::string answer;      // the text of the predicted top option; of ties, the first
};

AnswerText answerText(const Question& question, const Population& population,
                      const Distribution& predicted);

// Turns texts into numbers: one column for each word of each part of the text that at least two of
// the texts it was made of hold, the most frequent first, up to `mostColumns`. A row has
// (1 + ln count) times the word's rarity, 1 + ln((1 + N) / (1 + N_word)), and length 1.
class WordFeatures {
 public:
  // Column and value of what is not 0, ascending.
  using Row = std::vector<std::pair<std::size_t, double>>;

  WordFeatures(const std::vector<AnswerText>& texts, std::size_t mostColumns);

  std::size_t columns() const { return rarities_.size(); }
  Row row(const AnswerText& text) const;

 private:
  std::map<std::u32string, std::size_t> columnOf_;
  std::vector<double> rarities_;  // by column
};

}  // namespace canvass
