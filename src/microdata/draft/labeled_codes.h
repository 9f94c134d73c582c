#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "microdata/draft/observed_codes.h"
#include "microdata/variable.h"

namespace canvass {

// A code of a variable: labeled, observed or both.
struct LabeledCode {
  std::string code;
  std::string label;             // its words; empty if they only repeat the code
  bool isUserMissing = false;    // by the file's own rules
  bool isSystemMissing = false;  // "." or ".a" to ".z", as Stata and SAS have them
  bool isLabeled = false;        // by the file, even if with the code itself
  std::size_t count = 0;         // respondents

  // The label, or a text that needs none.
  const std::string& words() const { return label.empty() && isText() ? code : label; }
  bool isText() const;
};

struct LabeledCodes {
  std::vector<LabeledCode> codes;  // numbers by size, then texts; each once
  // The labels as they stand cannot be a list of options: a code is labeled twice or an empty value
  // is, or two codes are one number, 1 and "01".
  bool needsList = false;
  std::vector<std::string> repeated;  // codes with two different labels, of which the first counts
};

LabeledCodes labeledCodes(const Variable& variable, const ObservedCodes& observed);

// The text without the blanks and control characters around it.
std::string trimmedLabel(const std::string& text);

}  // namespace canvass
