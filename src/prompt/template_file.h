#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "prompt/template.h"

namespace canvass {

// The text of one turn, still with its fields.
struct TurnText {
  std::string role;
  std::string text;
  std::size_t line = 1;  // of the file, at which the text begins
  std::size_t writes =
      0;  // the maximum number of tokens that the model writes after it; 0 for none
};

// The turns in one language; the last is the assistant's and opens the answer.
struct Wording {
  std::string language;
  std::vector<TurnText> turns;
};

// What a template's file says.
struct TemplateFile {
  std::string description;
  Reading reading = Reading::firstToken;
  std::size_t evidence = 0;
  std::vector<std::string> labels;  // what options are called; empty for the survey's own labels
  std::vector<Wording> wordings;    // at least one
};

// Throws Error naming `where`, line and column if the file is not a template.
TemplateFile parseTemplateFile(std::string_view text, const std::string& where);

}  // namespace canvass
