#pragma once

#include "survey/survey.h"

namespace canvass::test {

// Two questions, two populations and three of their four items, with every kind of field in use.
inline Survey sampleSurvey() {
  Survey survey{"sample", "made up", "en", {}, {}, {}};
  survey.questions = {
      {"trust",
       "How much do you trust \"others\"?",
       "trust",
       {{"A", "A lot", 3.0}, {"B", "Some", 2.0}, {"C", "None", 0.1}},
       Scale::interval,
       {"-1", "-2"}},
      {"join", "Did you join?", "", {{"A", "Yes", {}}, {"B", "No", {}}}, Scale::nominal, {}}};
  survey.populations = {
      {"jp", "Japan", "someone from Japan", {{"country", "Japan"}}},
      {"jp-f", "Japan, women", "a woman from Japan", {{"country", "Japan"}, {"sex", "female"}}}};
  survey.populations[0].sample = {1100, {{"jp-f", 600}}};
  survey.populations[1].sample = {600, {{"jp", 600}}};
  survey.items = {{0, 0, Distribution{0.1, 0.2, 0.7}, 1000.0, 812.25, 0.05, 0.01},
                  {0, 1, Distribution{1.0 / 3, 1.0 / 3, 1.0 / 3}, {}, {}},
                  {1, 1, {}, {}, {}}};
  survey.items[0].standardErrors = {0.01, 0.02, 0.025};
  survey.items[0].meanStandardError = 0.03;
  survey.items[0].degrees = 57.0;
  return survey;
}

// `questions` x `populations` items, two options each, ids q0.. and p0..
inline Survey gridSurvey(std::size_t questions, std::size_t populations) {
  Survey survey;
  for (std::size_t q = 0; q < questions; ++q) {
    survey.questions.push_back({"q" + std::to_string(q),
                                "?",
                                "",
                                {{"A", "yes", {}}, {"B", "no", {}}},
                                Scale::ordinal,
                                {}});
  }
  for (std::size_t p = 0; p < populations; ++p) {
    const std::string number = std::to_string(p);
    survey.populations.push_back({"p" + number, "Land " + number, "someone", {}});
  }
  for (std::size_t q = 0; q < questions; ++q) {
    for (std::size_t p = 0; p < populations; ++p) {
      survey.items.push_back({q, p, Distribution{0.25, 0.75}, {}, {}});
    }
  }
  return survey;
}

}  // namespace canvass::test
