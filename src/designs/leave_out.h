#pragma once

#include "designs/parts.h"
#include "designs/question_matches.h"

namespace canvass {

// Leave one survey out: all of `training` is the part train, and `test` is divided by what training
// has seen of it.
//   test-unseen                no question like it, and no population of that name, was trained on
//   test-seen-populations      the population was, in other questions
//   test-seen-questions        the question was, of other populations
//   test-seen                  both were
// A question is seen if matchQuestions finds it in training at this similarity, items of the same
// battery included: their stem and their options were trained on. A population is seen if one of
// the same id or the same countryKey of its name is in training. Throws Error if the languages
// differ (texts cannot be matched), either survey has no item, or the similarity is out of range.
Parts leaveSurveyOut(const Survey& training, const Survey& test,
                     double similarity = usualSimilarity);

}  // namespace canvass
