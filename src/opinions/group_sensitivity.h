#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "opinions/answers.h"
#include "stats/crossed_bootstrap.h"

namespace canvass {

// A figure of several means over questions, with its 95% interval.
struct QuestionRatio {
  double value = 0.0;
  std::optional<Interval> interval;
};

// How far the answers of a model follow the population that is named, over questions that at least
// two populations answered.
//
// The variance between the G populations of a question with options k is
//   V = sum over populations and options of (share - the populations' mean share)^2 / (G - 1).
// Of shares from n respondents, what sampling adds to it is subtracted: the mean over populations
// of sum over options of share (1 - share) / (n - 1), without bias under simple random sampling (n
// is n_eff if known, else n; of a prediction counted from written texts, their number).
struct Sensitivity {
  std::size_t questions = 0;
  std::size_t items = 0;
  std::size_t sizedItems = 0;  // whose n is known, so that their noise is subtracted
  // Means over questions, noise subtracted.
  double predictedVariance = 0.0;
  double observedVariance = 0.0;
  // predictedVariance / observedVariance: 1 if the model's answers differ between populations as
  // much as people's do, 0 if it ignores the population. Nothing if people do not differ beyond
  // noise.
  std::optional<QuestionRatio> ratio;
  // Of predicted with observed shares, both as deviations from their question's mean over the
  // populations, all questions together: whether naming a population moves the answer the right
  // way. Nothing if either does not vary.
  std::optional<QuestionRatio> correlation;
  // What the true shares would reach, since the observed ones have noise: the root of the observed
  // variance without noise over that with it. Nothing unless every item's n is known.
  std::optional<double> correlationCeiling;
};

struct TopicSensitivity {
  std::string topic;
  Sensitivity sensitivity;
};

struct GroupSensitivity {
  std::string run;
  Sensitivity overall;
  std::vector<TopicSensitivity> byTopic;  // in the survey's order; noTopic for questions without
};

// Intervals resample questions; the populations are taken as fixed.
GroupSensitivity groupSensitivity(const Survey& survey, const SteeredAnswers& answers,
                                  const BootstrapOptions& options = {});

}  // namespace canvass
