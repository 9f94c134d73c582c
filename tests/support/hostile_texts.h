#pragma once

#include <string>
#include <vector>

namespace canvass::test {

struct HostileText {
  std::string kind;  // "end of script"
  std::string text;
};

// Texts that mean something to a browser, a spreadsheet, LaTeX, Markdown, a terminal or a program,
// each different: hostile_texts.json, which the tests of the drawing code read too, and a long one.
std::vector<HostileText> hostileTexts();

}  // namespace canvass::test
