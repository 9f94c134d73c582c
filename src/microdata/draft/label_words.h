#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace canvass {

// A word of a label, as phrases of a table are compared with it.
struct LabelWord {
  std::string text;
  bool isApart = false;  // punctuation parts it from the word before: "(", ",", "/", " - "

  bool operator==(const LabelWord&) const = default;
};

// The words of a label. Case, accents, compatibility forms and apostrophes do not count: "DON'T
// KNOW", "Don't know" and "dont know" are equal, as are "Não sabe" and "NAO SABE"; a non-breaking
// blank is a blank. Nothing for a text that is not UTF-8.
std::vector<LabelWord> labelWords(std::string_view label);

// The words with a blank between them: "dont know".
std::string joinedWords(const std::vector<LabelWord>& words, std::size_t first, std::size_t count);
std::string joinedWords(std::string_view label);

// Without the name or number in front of a label: "Q101. Gender", "v12: Gender", "99 - Gender".
std::string_view withoutNumber(std::string_view label);

}  // namespace canvass
