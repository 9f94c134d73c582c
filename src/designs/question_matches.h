#pragma once

#include <cstddef>
#include <vector>

#include "survey/survey.h"

namespace canvass {

enum class MatchKind {
  sameText,       // equal except for case, punctuation and white space
  nearDuplicate,  // similar, and so are the words in which they differ
  sameBattery,    // similar, except for the words in one spot: "trust in ... the police", "the
                  // courts"
};

struct QuestionMatch {
  std::size_t first = 0;   // index of a question of the first survey
  std::size_t second = 0;  // of the second
  MatchKind kind = MatchKind::sameText;
  double similarity = 1.0;
};

// The similarity from which on matchQuestions calls two texts similar.
constexpr double usualSimilarity = 0.8;

// The pairs of questions, one of each survey, whose texts are equal or at least this similar, in
// the order of the first survey's questions and then of the second's.
//
// Similarity is Dice's coefficient 2 |A and B| / (|A| + |B|) of the sets of three characters in
// sequence that occur in each text, 0 to 1; case, punctuation and white space do not count. Answer
// options are not compared. If two texts are that similar, their common first and last words are
// removed: if what is left of both is less than half similar, the two are items of one battery.
// Questions without a letter match if they are equal in everything. Throws Error if `similarity` is
// not above 0 and up to 1, or a text is not UTF-8.
std::vector<QuestionMatch> matchQuestions(const Survey& first, const Survey& second,
                                          double similarity = usualSimilarity);

}  // namespace canvass
