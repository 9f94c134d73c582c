#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/random.h"
#include "opinions/value_indicators.h"
#include "stats/small_survey.h"

namespace canvass::test {

// Where a made-up population stands.
struct Values {
  double secular = 0.0;
  double selfExpression = 0.0;
};

// Shares that rise with the option's score the more, the higher `leaning` is.
inline Distribution leaningShares(const std::vector<double>& scores, double leaning) {
  Distribution shares;
  double scale = 0.0;
  for (const double score : scores) scale = std::max(scale, std::abs(score));
  for (const double score : scores) shares.push_back(std::exp(0.5 * leaning * score / scale));
  return normalized(shares, "");
}

inline std::vector<Values> madeUpPlaces(std::size_t populations) {
  RandomStream random(5, "made-up places");
  std::vector<Values> places;
  for (std::size_t p = 0; p < populations; ++p) {
    const double secular = random.normal();
    places.push_back({secular, random.normal()});
  }
  return places;
}

// A population at each place, and the questions of all ten indicators: each leans by the
// dimension that it stands for and a little of its own.
inline Survey madeUpValues(const std::vector<Values>& places) {
  Survey survey;
  RandomStream random(11, "made-up values");
  for (std::size_t p = 0; p < places.size(); ++p) {
    const std::string id = "p" + std::to_string(p);
    survey.populations.push_back({id, id, "", {}});
  }
  for (const ValueIndicator& indicator : valueIndicators()) {
    for (const IndicatorQuestion& question : indicator.questions) {
      survey.questions.push_back(makeQuestion(std::string(question.wave7), question.options));
    }
  }
  for (std::size_t p = 0; p < places.size(); ++p) {
    std::size_t q = 0;
    for (const ValueIndicator& indicator : valueIndicators()) {
      const double dimension = indicator.dimension == ValueDimension::secular
                                   ? places[p].secular
                                   : places[p].selfExpression;
      for (const IndicatorQuestion& question : indicator.questions) {
        addItem(survey, q++, p,
                leaningShares(question.scores, indicator.sign * dimension + 0.3 * random.normal()));
      }
    }
  }
  return survey;
}

}  // namespace canvass::test
