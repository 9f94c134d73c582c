#pragma once

#include <optional>
#include <string>
#include <vector>

#include "microdata/draft/observed_codes.h"
#include "microdata/variable.h"

namespace canvass {

struct DraftedOption {
  std::vector<std::string> codes;
  std::string text;
};

// A variable's codes, sorted into answers and the kinds of missing.
struct DraftedQuestion {
  std::vector<DraftedOption> options;
  bool optionsAreLabels = false;  // the file's value labels are the options: no list is needed
  const char* scale = "nominal";
  bool valuesFromCodes = false;
  std::vector<std::string> dontKnow;
  std::vector<std::string> refused;
  std::vector<std::string> notAsked;
  std::vector<std::string> checks;  // what a person should look at
  std::string unusable;             // why it is not a question; empty if it is one
};

struct DraftRules {
  bool needsLabels = true;     // without value labels it is not a question
  std::size_t maxAnswers = 0;  // with more it is not a question
};

DraftedQuestion draftQuestion(const Variable& variable, const ObservedCodes& observed,
                              const DraftRules& rules);

}  // namespace canvass
