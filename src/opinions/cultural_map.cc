#include "opinions/cultural_map.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "opinions/two_factors.h"

namespace canvass {
namespace {

using Means = std::vector<std::optional<double>>;  // by indicator of valueIndicators()

Means meansOf(const IndicatorQuestions& questions, const SharesOf& shares) {
  Means means;
  for (std::size_t i = 0; i < valueIndicators().size(); ++i) {
    means.push_back(questions.meanOf(i, shares));
  }
  return means;
}

std::vector<Means> meansOfPeople(const Survey& survey, const IndicatorQuestions& questions) {
  const SurveyIndex index(survey);
  std::vector<Means> people;
  for (std::size_t p = 0; p < survey.populations.size(); ++p) {
    people.push_back(meansOf(questions, [&](std::size_t question) -> std::optional<Distribution> {
      const auto item = index.item(question, p);
      return item ? survey.items[*item].observed : std::nullopt;
    }));
  }
  return people;
}

bool hasAny(const Means& means) {
  return std::ranges::any_of(means, [](const auto& one) { return one.has_value(); });
}

// Why the indicator cannot be used; empty if it can.
std::string faultOf(std::size_t indicator, const IndicatorQuestions& questions,
                    const std::vector<Means>& people) {
  if (!questions.missing(indicator).empty()) return questions.missing(indicator);
  const auto all = std::ranges::count_if(people, hasAny);
  std::vector<double> known;
  for (const Means& means : people) {
    if (means[indicator]) known.push_back(*means[indicator]);
  }
  if (2 * std::ssize(known) < all) {
    return fmt::format("only {} of {} populations have answers", known.size(), all);
  }
  if (known.empty()) return "no population has answers";
  const auto [low, high] = std::ranges::minmax(known);
  return high - low > 1e-9 ? "" : "the populations do not differ";
}

void chooseIndicators(CulturalMap& map, const IndicatorQuestions& questions,
                      const std::vector<Means>& people) {
  for (std::size_t i = 0; i < valueIndicators().size(); ++i) {
    const std::string fault = faultOf(i, questions, people);
    if (fault.empty()) {
      map.indicators.push_back({i, 0.0, 0.0});
    } else {
      map.missing.push_back({i, fault});
    }
  }
}

// Whether this many indicators suffice to put anything on the map.
bool areEnough(const std::vector<std::size_t>& indicators) {
  const auto secular = static_cast<std::size_t>(
      std::ranges::count(indicators, ValueDimension::secular,
                         [](std::size_t i) { return valueIndicators()[i].dimension; }));
  return indicators.size() >= minIndicators && secular >= minOfDimension &&
         indicators.size() - secular >= minOfDimension;
}

void checkIndicators(const CulturalMap& map) {
  std::vector<std::size_t> indicators;
  for (const MapIndicator& one : map.indicators) indicators.push_back(one.indicator);
  if (areEnough(indicators)) return;
  std::vector<std::string> reasons;
  for (const auto& one : map.missing) {
    reasons.push_back(fmt::format("{} ({})", valueIndicators()[one.indicator].name, one.reason));
  }
  throw Error(
      fmt::format("a cultural map needs {} of its ten indicators, {} of each dimension, "
                  "but the survey has {}; missing: {}",
                  minIndicators, minOfDimension, map.indicators.size(), fmt::join(reasons, ", ")),
      {}, "give a survey with these questions of the World Values Survey");
}

// Not yet projected; nothing if too few of the map's indicators are there.
std::optional<MapPoint> pointOf(const CulturalMap& map, const Means& means,
                                std::size_t population) {
  MapPoint point;
  point.population = population;
  std::vector<std::size_t> known;
  for (const MapIndicator& one : map.indicators) {
    const auto& mean = means[one.indicator];
    if (mean) known.push_back(one.indicator);
    point.indicators.push_back(mean.value_or(std::numeric_limits<double>::quiet_NaN()));
  }
  point.complete = known.size() == map.indicators.size();
  return areEnough(known) ? std::optional(point) : std::nullopt;
}

void choosePeople(CulturalMap& map, const std::vector<Means>& people) {
  for (std::size_t p = 0; p < people.size(); ++p) {
    if (auto point = pointOf(map, people[p], p)) {
      map.people.push_back(std::move(*point));
    } else if (hasAny(people[p])) {
      map.leftOut.push_back(p);
    }
  }
  const auto complete =
      static_cast<std::size_t>(std::ranges::count(map.people, true, &MapPoint::complete));
  if (complete > map.indicators.size()) return;
  throw Error(fmt::format("a cultural map of {} indicators needs more populations than that, but "
                          "only {} have all of them",
                          map.indicators.size(), complete),
              {}, "give a survey with more populations");
}

Eigen::RowVectorXd rowOf(const MapPoint& point) {
  return Eigen::Map<const Eigen::RowVectorXd>(point.indicators.data(),
                                              std::ssize(point.indicators));
}

// The complete populations.
Eigen::MatrixXd tableOf(const CulturalMap& map) {
  Eigen::MatrixXd table(std::ranges::count(map.people, true, &MapPoint::complete),
                        std::ssize(map.indicators));
  Eigen::Index row = 0;
  for (const MapPoint& point : map.people) {
    if (point.complete) table.row(row++) = rowOf(point);
  }
  return table;
}

// Which factor is which dimension, and which way up.
struct Axes {
  Eigen::Index secular = 0, selfExpression = 1;
  double secularSign = 1.0, selfExpressionSign = 1.0;
};

// The sum of a factor's loadings on the indicators of a dimension, each towards its secular or
// self-expression end.
double meaningOf(const CulturalMap& map, const Eigen::MatrixXd& loadings, Eigen::Index factor,
                 ValueDimension dimension) {
  double sum = 0.0;
  for (std::size_t i = 0; i < map.indicators.size(); ++i) {
    const ValueIndicator& indicator = valueIndicators()[map.indicators[i].indicator];
    if (indicator.dimension != dimension) continue;
    sum += indicator.sign * loadings(static_cast<Eigen::Index>(i), factor);
  }
  return sum;
}

Axes axesOf(const CulturalMap& map, const Eigen::MatrixXd& loadings) {
  const auto meaning = [&](Eigen::Index factor, ValueDimension dimension) {
    return meaningOf(map, loadings, factor, dimension);
  };
  using enum ValueDimension;
  const double asTheyAre = std::abs(meaning(0, secular)) + std::abs(meaning(1, selfExpression));
  const double swapped = std::abs(meaning(1, secular)) + std::abs(meaning(0, selfExpression));
  Axes axes;
  if (swapped > asTheyAre) std::swap(axes.secular, axes.selfExpression);
  if (meaning(axes.secular, secular) < 0.0) axes.secularSign = -1.0;
  if (meaning(axes.selfExpression, selfExpression) < 0.0) axes.selfExpressionSign = -1.0;
  return axes;
}

// Projects points into a finished map.
class Projection {
 public:
  explicit Projection(CulturalMap& map) : factors_(twoFactors(tableOf(map))) {
    axes_ = axesOf(map, factors_.loadings);
    for (std::size_t i = 0; i < map.indicators.size(); ++i) {
      const auto row = static_cast<Eigen::Index>(i);
      map.indicators[i].onSecular = axes_.secularSign * factors_.loadings(row, axes_.secular);
      map.indicators[i].onSelfExpression =
          axes_.selfExpressionSign * factors_.loadings(row, axes_.selfExpression);
    }
    for (MapPoint& point : map.people) place(point);
  }

  void place(MapPoint& point) const {
    const Eigen::RowVector2d scores = factors_.scores(rowOf(point));
    point.secular = axes_.secularSign * scores(axes_.secular);
    point.selfExpression = axes_.selfExpressionSign * scores(axes_.selfExpression);
  }

 private:
  TwoFactors factors_;
  Axes axes_;
};

void placeUnsteered(CulturalMap& map, const Projection& projection,
                    const IndicatorQuestions& questions, const DefaultAnswers& answers) {
  const Means means =
      meansOf(questions, [&](std::size_t question) { return answers.byQuestion[question]; });
  map.unsteered = pointOf(map, means, 0);
  if (map.unsteered) projection.place(*map.unsteered);
  for (const MapIndicator& one : map.indicators) {
    if (means[one.indicator]) continue;
    map.unsteeredMissing += fmt::format("{}{}", map.unsteeredMissing.empty() ? "" : ", ",
                                        valueIndicators()[one.indicator].name);
  }
}

CulturalMap::Steered steeredPoints(const CulturalMap& map, const Projection& projection,
                                   const Survey& survey, const IndicatorQuestions& questions,
                                   const SteeredAnswers& answers) {
  const SurveyIndex index(survey);
  CulturalMap::Steered result;
  result.run = answers.name;
  for (const MapPoint& people : map.people) {
    const Means means =
        meansOf(questions, [&](std::size_t question) -> std::optional<Distribution> {
          const auto item = index.item(question, people.population);
          return item ? answers.byItem[*item] : std::nullopt;
        });
    auto point = pointOf(map, means, people.population);
    if (!point) continue;
    projection.place(*point);
    result.points.push_back(std::move(*point));
  }
  return result;
}

double distance(const MapPoint& a, const MapPoint& b) {
  return std::hypot(a.secular - b.secular, a.selfExpression - b.selfExpression);
}

template <typename Distance>
std::optional<double> meanOverPeople(const CulturalMap& map, const CulturalMap::Steered& steered,
                                     Distance distanceFrom) {
  if (steered.points.empty()) return std::nullopt;
  double sum = 0.0;
  for (const MapPoint& point : steered.points) {
    const auto people = std::ranges::find(map.people, point.population, &MapPoint::population);
    sum += distanceFrom(point, *people);
  }
  return sum / static_cast<double>(steered.points.size());
}

}  // namespace

CulturalMap culturalMap(const Survey& survey, const DefaultAnswers& answers,
                        std::span<const SteeredAnswers> steered) {
  const IndicatorQuestions questions(survey);
  const std::vector<Means> people = meansOfPeople(survey, questions);
  CulturalMap map;
  chooseIndicators(map, questions, people);
  checkIndicators(map);
  choosePeople(map, people);
  const Projection projection(map);
  placeUnsteered(map, projection, questions, answers);
  for (const SteeredAnswers& run : steered) {
    map.steered.push_back(steeredPoints(map, projection, survey, questions, run));
  }
  return map;
}

std::optional<double> meanDistanceFromPeople(const CulturalMap& map,
                                             const CulturalMap::Steered& steered) {
  return meanOverPeople(map, steered, distance);
}

std::optional<double> unsteeredDistanceFromPeople(const CulturalMap& map,
                                                  const CulturalMap::Steered& steered) {
  if (!map.unsteered) return std::nullopt;
  return meanOverPeople(map, steered, [&](const MapPoint&, const MapPoint& people) {
    return distance(*map.unsteered, people);
  });
}

}  // namespace canvass
