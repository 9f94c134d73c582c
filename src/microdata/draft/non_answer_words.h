#pragma once

#include <span>

namespace canvass {

enum class MissingKind { dontKnow, refused, notAsked };

// How far a label that is nothing but such words can be trusted not to be an answer.
enum class Certainty {
  none,
  mentioned,  // such words are part of the label
  soft,       // surveys also offer it as an answer: "Not sure"
  likely,     // short, or with other meanings too: "DK", "Refused"
  sure        // "Don't know"
};

// Words of non-answers in one language.
struct NonAnswerWords {
  MissingKind kind;
  Certainty certainty;
  const char* phrases;  // separated by "|"; case and accents do not count
};

// In the languages of the large survey programs. To add one, add its rows.
std::span<const NonAnswerWords> nonAnswerWords();

// What interviewers are told, next to an option: "do not read", "spontaneous". And words that join
// two phrases: "or".
const char* interviewerNotes();
const char* joiningWords();

}  // namespace canvass
