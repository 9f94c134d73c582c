#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "opinions/answers.h"
#include "opinions/value_indicators.h"

namespace canvass {

// Where a population, or a model, is on the map: standard deviations of the populations from their
// mean.
struct MapPoint {
  std::size_t population = 0;  // index into Survey::populations; meaningless for the default
  double selfExpression = 0.0;
  double secular = 0.0;
  std::vector<double> indicators;  // means, by CulturalMap::indicators; not a number if missing
  bool complete = true;            // otherwise estimated from the available indicators
};

struct MapIndicator {
  std::size_t indicator = 0;      // index into valueIndicators()
  double onSelfExpression = 0.0;  // loadings: correlations with the factors
  double onSecular = 0.0;
};

struct CulturalMap {
  std::vector<MapIndicator> indicators;  // that the map is made of
  struct Missing {
    std::size_t indicator = 0;
    std::string reason;
  };
  std::vector<Missing> missing;
  std::vector<MapPoint> people;       // in the survey's order
  std::vector<std::size_t> leftOut;   // populations for which too many indicators are missing
  std::optional<MapPoint> unsteered;  // the model if no population is named
  std::string unsteeredMissing;       // the indicators that it has no answers for
  struct Steered {
    std::string run;
    std::vector<MapPoint> points;  // of populations that are on the map
  };
  std::vector<Steered> steered;
};

// The minimum for a map.
inline constexpr std::size_t minIndicators = 5;
inline constexpr std::size_t minOfDimension = 2;

// The Inglehart-Welzel map of the populations of a survey that has questions of the World Values
// Survey: the two rotated principal components (TwoFactors) of the populations' mean indicators,
// each taken for the dimension whose indicators load on it, with secular-rational and
// self-expression values upwards. The model's answers are projected into it: they do not influence
// it.
//
// An indicator counts if at least half of the populations that have any of the questions have its
// questions, and if it varies. Populations with all of these indicators make the map. Others, and
// the model, are placed in it by regression on the indicators that they have, which must be
// minIndicators and minOfDimension of each dimension too. Throws Error naming what is missing
// if there are fewer indicators than that, or not more complete populations than indicators.
CulturalMap culturalMap(const Survey& survey, const DefaultAnswers& answers,
                        std::span<const SteeredAnswers> steered);

// The mean distance of the steered points from the points of the populations that were named.
// Nothing if there are none.
std::optional<double> meanDistanceFromPeople(const CulturalMap& map,
                                             const CulturalMap::Steered& steered);
// The same of the unsteered model, from the same populations.
std::optional<double> unsteeredDistanceFromPeople(const CulturalMap& map,
                                                  const CulturalMap::Steered& steered);

}  // namespace canvass
