#pragma once

#include <string_view>

namespace canvass {

// Options that are not answers, by their words; quotes, blanks and case do not matter. The whole
// option must be such words, as figures depend on it: "I refuse to pay" is an answer. readNonAnswer
// (microdata/draft/non_answers.h) knows more languages and says how sure it is, for a draft in
// which codes decide too and that a person checks, and readWrittenAnswer (asking/written_answer.h)
// for what language models write when they do not want to choose: neither list would work here.

// True for "DK/Refused", "Don't know", "No answer" and the like, in English or Chinese.
bool isNoAnswer(std::string_view text);

// True for "Don't know", "DK", "Not sure": asked, and does not know.
bool isDontKnow(std::string_view text);

// True for "Refused", "Refused/Web blank", "No answer", "Prefer not to say": asked, and gave none.
// For texts that a data set lists apart from the options: the beginning is enough.
bool isRefusal(std::string_view text);

}  // namespace canvass
