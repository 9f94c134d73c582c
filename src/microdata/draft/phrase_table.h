#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "microdata/draft/label_words.h"

namespace canvass {

// Phrases of a table, each with what it means, to look up at a position in a label.
class PhraseTable {
 public:
  struct Match {
    std::size_t words = 0;  // 0: none
    std::size_t meaning = 0;
  };

  // `phrases`: separated by "|". A phrase that is already there keeps its meaning.
  void add(std::string_view phrases, std::size_t meaning);

  // The phrases that begin at the word, longest first.
  std::vector<Match> at(const std::vector<LabelWord>& words, std::size_t position) const;
  // The phrase that is the whole label.
  Match whole(std::string_view label) const;

 private:
  std::unordered_map<std::string, std::size_t> meanings_;  // by the joined words
  std::size_t longest_ = 0;
};

}  // namespace canvass
