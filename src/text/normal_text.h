#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace canvass {

// What is left of a text once everything that does not change its meaning is taken off: case and
// compatibility forms are folded (Unicode's NFKC and case folding: full-width letters become plain
// ones), punctuation, white space and control characters are dropped.
struct NormalText {
  // Words as punctuation and white space part them; every wide East Asian character is one.
  std::vector<std::u32string> words;

  // All words without anything between them: "well-being", "Well being" and "wellbeing" are equal.
  std::u32string letters() const;
};

// Throws Error if the text is not UTF-8.
NormalText normalText(std::string_view text);

}  // namespace canvass
