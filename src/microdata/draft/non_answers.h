#pragma once

#include <string_view>

#include "microdata/draft/non_answer_words.h"

namespace canvass {

// What the words of a code's label say about whether it is an answer.
struct NonAnswerReading {
  Certainty certainty = Certainty::none;
  MissingKind kind = MissingKind::notAsked;
  bool isShort = false;  // an abbreviation, which may stand for a party or a country: "DK", "NA"
};

// Only a label that is nothing but such words is read as one: "99. DON'T KNOW", "DK/NA", "(DO NOT
// READ) Refused". So is one that begins with unmistakable words which punctuation parts from the
// rest: "Not applicable; no children" for sure, "Don't know (never heard of him)" softly.
// "Refused to vote", "Agnostic (do not know if there is a God)" and "DK (Demokratikus Koalíció)"
// are answers, of which the first and the last mention such words.
NonAnswerReading readNonAnswer(std::string_view label);

}  // namespace canvass
