#pragma once

#include <string>

#include "survey/distribution.h"
#include "survey/survey.h"

namespace canvass {

// What an auxiliary model sees of one answer: the words of what was asked, and of what was
// answered, but not how confident the answer was.
struct AnswerText {
  std::string question;
  std::string options;     // all of them, one per line
  std::string population;  // its phrase
  std::string answer;      // the text of the predicted top option; of ties, the first
};

// Of one answer; `predicted` has a share for each option of the question.
AnswerText answerText(const Question& question, const Population& population,
                      const Distribution& predicted);

}  // namespace canvass
