#pragma once

#include <string>
#include <vector>

namespace canvass {

// Variables that together hold the answers to a question to which several may be given, as a file
// of SPSS declares them (MRSETS).
struct ResponseSet {
  std::string name;   // "$media"
  std::string label;  // the question's words, or empty
  // The code that says of each variable that its thing was chosen, as codeText writes it; empty if
  // each variable holds the code of one of the chosen things instead.
  std::string chosenCode;
  std::vector<std::string> variables;  // their names

  bool operator==(const ResponseSet&) const = default;
};

}  // namespace canvass
