#pragma once

#include "survey/survey.h"

namespace canvass::test {

// Two ordinal questions and a nominal one; the attributes of two groups; n and n_eff of one item.
inline Survey groupSurvey() {
  Survey survey;
  survey.language = "en";
  survey.questions = {
      {"SAFE",
       "How safe, \"really\"?",
       "crime",
       {{"A", "Very, very", 1.0}, {"B", "So-so", 2.0}, {"C", "Not", 4.0}},
       Scale::ordinal,
       {}},
      {"TEA", "Tea?", "", {{"A", "Green", {}}, {"B", "Black", {}}}, Scale::nominal, {}},
  };
  survey.populations = {
      {"SEX = Female",
       "SEX = Female",
       "someone in the United States who is female",
       {{"SEX", "Female"}}},
      {"RACE = Black, SEX = Male",
       "RACE = Black, SEX = Male",
       "someone in the United States who is Black and is male",
       {{"SEX", "Male"}, {"RACE", "Black"}}},
  };
  survey.items = {{0, 0, Distribution{0.5, 0.25, 0.25}, 200.0, 100.0, 0.125, 0.0625},
                  {1, 0, Distribution{1.0, 0.0}, {}, {}, {}, {}},
                  {0, 1, Distribution{0.25, 0.75, 0.0}, 50.0, {}, {}, 0.5}};
  return survey;
}

}  // namespace canvass::test
