#pragma once

#include <cstddef>
#include <string_view>

#include "survey/survey.h"

namespace canvass {

// What a written answer says.
enum class AnswerKind {
  label,    // it names an option by its label: "(B)", "B) No", "The answer is B."
  refusal,  // "As an AI, I do not have opinions"
  text,     // it names an option by its words: "I would say not at all"
  none,     // something else, or several options
};

inline constexpr std::size_t answerKindCount = 4;

struct WrittenAnswer {
  AnswerKind kind = AnswerKind::none;
  std::size_t option = 0;  // if it names one: its index in the question
};

// The option that a text chooses, the text following a prompt that may have opened a bracket. The
// first of these that applies:
//  1. a label at the beginning, ended by a bracket, full stop, colon, comma or the line's end, or
//     followed by its option's words: "A) Yes", "A Yes", but not "A lot of people say yes";
//  2. a single label after a word such as "answer", "option" or "choose", in English or Chinese;
//  3. the usual words of a refusal, in English or Chinese;
//  4. the words of a single option, not after "not" or "no". If the words of one option contain
//     another's ("strongly agree"), only the longer ones count.
// Case and punctuation of words do not count; the case of labels does. A text that is not UTF-8
// answers nothing.
WrittenAnswer readWrittenAnswer(std::string_view text, const Question& question);

const char* answerKindName(AnswerKind kind);  // "label", "refusal", "text", "none"

}  // namespace canvass
