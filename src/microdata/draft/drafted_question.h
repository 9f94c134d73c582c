#pragma once

#include <string>
#include <vector>

#include "microdata/draft/code_sorting.h"
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
  std::vector<NonAnswer> nonAnswers;
  bool hasEmptyValues = false;      // which are not asked
  std::vector<std::string> checks;  // what a person should look at
  std::size_t doubtful = 0;         // answers whose label sounds like none
  std::string unusable;             // why it is not a question; empty if it is one

  // The codes of a kind, "" among those of notAsked if there are empty values.
  std::vector<std::string> codesOf(MissingKind kind) const;
};

struct DraftRules {
  bool needsLabels = true;     // without value labels it is not a question
  std::size_t maxAnswers = 0;  // with more it is not a question
  SortingRules sorting = {};
};

DraftedQuestion draftQuestion(const Variable& variable, const ObservedCodes& observed,
                              const DraftRules& rules);

}  // namespace canvass
