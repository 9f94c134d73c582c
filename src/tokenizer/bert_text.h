#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/range.h"

namespace canvass {

// How BERT (Devlin et al. 2019) prepares a text, as Hugging Face tokenizers does it.
struct BertNormalization {
  bool cleans = true;              // removes control characters, makes every space U+0020
  bool isolatesIdeographs = true;  // puts spaces around CJK ideographs
  bool lowercases = true;
  bool stripsAccents = true;
};

// Text must be UTF-8.
std::string normalizeForBert(std::string_view text, const BertNormalization& how);

// The words of a text: what is between white space, with each punctuation character a word of its
// own.
std::vector<TextRange> bertWords(std::string_view text);

}  // namespace canvass
