#pragma once

#include <string>
#include <vector>

#include "microdata/draft/labeled_codes.h"
#include "microdata/draft/non_answer_words.h"
#include "microdata/draft/repeated_codes.h"

namespace canvass {

// A code that is taken for no answer.
struct NonAnswer {
  LabeledCode code;
  MissingKind kind = MissingKind::notAsked;
  bool isKindKnown = true;  // else no word says it, and it counts as not asked
};

// The codes of a variable, sorted into answers and others.
struct SortedCodes {
  std::vector<LabeledCode> answers;
  std::vector<NonAnswer> nonAnswers;
  std::vector<std::string> checks;  // what a person should look at
  std::size_t doubtful = 0;         // answers whose label sounds like none
};

struct SortingRules {
  const RepeatedCodes* repeated = nullptr;  // of the file; none: unknown
  bool isAttribute = false;                 // its values are names: DK is Denmark
};

// Taken for non-answers are codes that are missing by the file's own rules; negative codes without
// a label, unless labeled answers lie below; and labels that are non-answers by their words
// (readNonAnswer): unmistakable ones always, others if the code bears it out, because it is
// negative, apart from the answers (8 after 4), a text among numbers, or the same in many
// variables. The rest are answers, with a check. Words alone never leave fewer than two answers.
SortedCodes sortCodes(const std::vector<LabeledCode>& codes, const SortingRules& rules);

}  // namespace canvass
