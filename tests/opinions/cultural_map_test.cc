#include "opinions/cultural_map.h"

#include <cmath>
#include <set>

#include "opinions/made_up_opinions.h"
#include "opinions/made_up_values.h"
#include "opinions/two_factors.h"
#include "stats/crossed_bootstrap.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::errorOf;
using test::madeUpPlaces;
using test::madeUpValues;
using test::Values;
using ::testing::HasSubstr;

DefaultAnswers answeringAs(const Survey& survey, std::size_t population) {
  return defaultAnswers(survey, test::answeringByQuestion(survey, [&](std::size_t q) {
                          return test::observedOf(survey, q, population);
                        }));
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const double meanA = meanOfColumn(a), meanB = meanOfColumn(b);
  double product = 0.0, squaresA = 0.0, squaresB = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    product += (a[i] - meanA) * (b[i] - meanB);
    squaresA += (a[i] - meanA) * (a[i] - meanA);
    squaresB += (b[i] - meanB) * (b[i] - meanB);
  }
  return product / std::sqrt(squaresA * squaresB);
}

// The survey without some questions.
Survey without(const Survey& survey, const std::set<std::string>& ids) {
  std::vector<std::size_t> items;
  for (std::size_t i = 0; i < survey.items.size(); ++i) {
    if (!ids.contains(survey.questionOf(survey.items[i]).id)) items.push_back(i);
  }
  return selectItems(survey, items);
}

TEST(CulturalMapOf, FindsWherePopulationsStand) {
  const std::vector<Values> places = madeUpPlaces(40);
  const Survey survey = madeUpValues(places);
  const CulturalMap map = culturalMap(survey, answeringAs(survey, 3), {});
  EXPECT_EQ(map.indicators.size(), 10u);
  EXPECT_TRUE(map.missing.empty() && map.leftOut.empty());
  ASSERT_EQ(map.people.size(), places.size());
  std::vector<double> secular, selfExpression, secularPlaces, selfExpressionPlaces;
  for (const MapPoint& point : map.people) {
    secular.push_back(point.secular);
    selfExpression.push_back(point.selfExpression);
    secularPlaces.push_back(places[point.population].secular);
    selfExpressionPlaces.push_back(places[point.population].selfExpression);
  }
  EXPECT_GT(correlation(secular, secularPlaces), 0.97);
  EXPECT_GT(correlation(selfExpression, selfExpressionPlaces), 0.97);
  EXPECT_NEAR(correlation(secular, selfExpression), 0.0, 1e-9);
  EXPECT_NEAR(meanOfColumn(secular), 0.0, 1e-9);
  double squares = 0.0;
  for (const double one : secular) squares += one * one;
  EXPECT_NEAR(squares / 39.0, 1.0, 1e-9);
  for (const MapIndicator& one : map.indicators) {
    const ValueIndicator& indicator = valueIndicators()[one.indicator];
    const bool isSecular = indicator.dimension == ValueDimension::secular;
    EXPECT_GT(indicator.sign * (isSecular ? one.onSecular : one.onSelfExpression), 0.7)
        << indicator.name;
  }
}

TEST(CulturalMapOf, PutsAModelWhereThoseStandWhomItAnswersAs) {
  const Survey survey = madeUpValues(madeUpPlaces(20));
  const std::vector<SteeredAnswers> steered = {
      steeredAnswers(survey, test::shrunk(survey, 1.0), "as they are"),
      steeredAnswers(survey, test::shrunk(survey, 0.5), "halfway")};
  const CulturalMap map = culturalMap(survey, answeringAs(survey, 7), steered);
  ASSERT_TRUE(map.unsteered);
  EXPECT_NEAR(map.unsteered->secular, map.people[7].secular, 1e-9);
  EXPECT_NEAR(map.unsteered->selfExpression, map.people[7].selfExpression, 1e-9);
  ASSERT_EQ(map.steered.size(), 2u);
  ASSERT_EQ(map.steered[1].points.size(), 20u);
  // Indicators are linear in shares, scores in indicators: half the deviation is half the way.
  for (std::size_t p = 0; p < 20; ++p) {
    EXPECT_NEAR(map.steered[0].points[p].secular, map.people[p].secular, 1e-9);
    EXPECT_NEAR(map.steered[1].points[p].secular, 0.5 * map.people[p].secular, 1e-9);
  }
  EXPECT_NEAR(*meanDistanceFromPeople(map, map.steered[0]), 0.0, 1e-9);
  EXPECT_GT(*unsteeredDistanceFromPeople(map, map.steered[0]), 1.0);
}

TEST(CulturalMapOf, IsMadeFromWhatIndicatorsThereAre) {
  const Survey whole = madeUpValues(madeUpPlaces(20));
  const Survey survey = without(whole, {"Q164", "Q209", "Q17"});
  const CulturalMap map = culturalMap(survey, answeringAs(survey, 0), {});
  EXPECT_EQ(map.indicators.size(), 7u);
  ASSERT_EQ(map.missing.size(), 3u);
  EXPECT_EQ(valueIndicators()[map.missing[1].indicator].name, "autonomy index");
  EXPECT_EQ(map.missing[1].reason, "no question Q17 (A042)");
}

TEST(CulturalMapOf, EstimatesThePlaceOfThoseWhoLackAnIndicator) {
  const Survey whole = madeUpValues(madeUpPlaces(30));
  Survey survey = whole;
  std::erase_if(survey.items, [&](const Item& item) {
    return survey.questionOf(item).id == "Q46" && item.population == 4;
  });
  const CulturalMap map = culturalMap(survey, answeringAs(survey, 5), {});
  const CulturalMap complete = culturalMap(whole, answeringAs(whole, 5), {});
  ASSERT_EQ(map.people.size(), 30u);
  EXPECT_TRUE(map.leftOut.empty());
  EXPECT_FALSE(map.people[4].complete);
  EXPECT_TRUE(map.people[5].complete);
  EXPECT_NEAR(map.people[4].secular, complete.people[4].secular, 0.2);
  EXPECT_NEAR(map.people[4].selfExpression, complete.people[4].selfExpression, 0.2);
}

TEST(CulturalMapOf, LeavesOutPopulationsAndIndicatorsThatFewHave) {
  Survey survey = madeUpValues(madeUpPlaces(20));
  const std::set<std::string> selfExpression = {"Q46", "Q154", "Q182", "Q209"};
  std::erase_if(survey.items, [&](const Item& item) {
    const std::string& id = survey.questionOf(item).id;
    return (selfExpression.contains(id) && item.population == 4) ||
           (id == "Q57" && item.population > 8);
  });
  const CulturalMap map = culturalMap(survey, answeringAs(survey, 0), {});
  EXPECT_EQ(map.leftOut, std::vector<std::size_t>{4});
  EXPECT_EQ(map.people.size(), 19u);
  ASSERT_EQ(map.missing.size(), 1u);
  EXPECT_EQ(map.missing[0].reason, "only 9 of 20 populations have answers");
}

TEST(CulturalMapOf, SaysWhyAModelHasNoPointOrAnEstimatedOne) {
  const Survey survey = madeUpValues(madeUpPlaces(20));
  const auto mapWithout = [&survey](const std::set<std::string>& questions) {
    Predictions predictions = test::answeringByQuestion(
        survey, [&](std::size_t q) { return test::observedOf(survey, q, 0); });
    std::erase_if(predictions.predictions,
                  [&](const Prediction& one) { return questions.contains(one.question); });
    return culturalMap(survey, defaultAnswers(survey, predictions), {});
  };
  const CulturalMap estimated = mapWithout({"Q46", "Q8"});
  ASSERT_TRUE(estimated.unsteered);
  EXPECT_FALSE(estimated.unsteered->complete);
  EXPECT_EQ(estimated.unsteeredMissing, "autonomy index, happiness");
  EXPECT_FALSE(mapWithout({"Q8", "Q164", "Q184", "Q254"}).unsteered);
}

TEST(CulturalMapOf, SaysWhatLacks) {
  const Survey whole = madeUpValues(madeUpPlaces(20));
  const Survey few = without(whole, {"Q164", "Q209", "Q17", "Q46", "Q57", "Q254"});
  EXPECT_EQ(errorOf([&] { culturalMap(few, answeringAs(few, 0), {}); }),
            "a cultural map needs 5 of its ten indicators, 2 of each dimension, but the survey has "
            "4; missing: importance of God (no question Q164 (F063)), autonomy index (no question "
            "Q17 (A042)), national pride (no question Q254 (G006)), happiness (no question Q46 "
            "(A008)), signing a petition (no question Q209 (E025)), trust in people (no question "
            "Q57 (A165)); give a survey with these questions of the World Values Survey");
  const Survey oneSided = without(whole, {"Q164", "Q8", "Q184", "Q254"});
  EXPECT_THAT(errorOf([&] { culturalMap(oneSided, answeringAs(oneSided, 0), {}); }),
              HasSubstr("2 of each dimension, but the survey has 6"));
  const Survey small = madeUpValues(madeUpPlaces(10));
  EXPECT_EQ(errorOf([&] { culturalMap(small, answeringAs(small, 0), {}); }),
            "a cultural map of 10 indicators needs more populations than that, but only 10 have "
            "all of them; give a survey with more populations");
}

TEST(TwoFactorsOf, RefuseTablesWithoutTwo) {
  Eigen::MatrixXd table = Eigen::MatrixXd::Random(6, 3);
  table.col(1).setConstant(2.0);
  EXPECT_EQ(errorOf([&] { twoFactors(table); }), "a variable does not vary");
  table.col(1) = 3.0 * table.col(0);
  table.col(2) = -table.col(0);
  EXPECT_EQ(errorOf([&] { twoFactors(table); }),
            "the variables have no second factor: they are all the same");
  EXPECT_EQ(errorOf([] { twoFactors(Eigen::MatrixXd::Random(2, 3)); }),
            "two factors need at least 3 observations of 2 variables");
}

}  // namespace
}  // namespace canvass
