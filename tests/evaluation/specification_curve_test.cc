#include "evaluation/specification_curve.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/random.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Three configurations of a predictor of shares between populations: one has the level right and no
// differences, one differences half as large as they are, and one twice as large and another level.
class Configurations : public testing::Test {
 protected:
  Configurations() {
    RandomStream random(2, "configurations");
    const struct {
      const char* name;
      double level, deviation;
    } made[] = {{"alike", 0.0, 0.0}, {"half", 0.05, 0.5}, {"double", 0.12, 2.0}};
    for (const auto& one : made) runs.push_back({one.name, makePredictions({})});
    for (std::size_t q = 0; q < 12; ++q) {
      survey.questions.push_back(makeQuestion(fmt::format("q{}", q), 2));
      for (std::size_t p = 0; p < 6; ++p) {
        const double deviation = 0.06 * random.normal();
        addItem(survey, q, p, {0.5 + deviation, 0.5 - deviation});
        for (std::size_t r = 0; r < 3; ++r) {
          const double share = 0.5 + made[r].level + made[r].deviation * deviation;
          runs[r].predictions.predictions.push_back(makePrediction(
              survey.questions[q].id, survey.populations[p].id, {share, 1.0 - share}));
        }
      }
    }
  }

  Survey survey = makeSurvey({}, {"A", "B", "C", "D", "E", "F"});
  std::vector<NamedPredictions> runs;
};

const CriterionCurve& criterion(const SpecificationCurve& curve, const std::string& id) {
  return *std::ranges::find(curve.criteria, id, &CriterionCurve::id);
}

TEST_F(Configurations, AreRankedByEveryCriterionInTheOrderOfTheFirst) {
  const SpecificationCurve curve = specificationCurve(survey, runs, nullptr, {});
  std::vector<std::string> names;
  for (const SpecifiedRun& run : curve.runs) names.push_back(run.name);
  EXPECT_EQ(curve.items, 72u);
  EXPECT_EQ(curve.criteria.front().id, "js_similarity");
  const auto placeOf = [&](const std::string& name) {
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
  };
  const CriterionCurve& first = curve.criteria.front();
  EXPECT_EQ(first.ranks[0], 1.0);
  EXPECT_LT(placeOf("half"), placeOf("double"));
  // 1 is best, and half of it (a quarter of the variance) as far from it as twice of it.
  const CriterionCurve& spread = criterion(curve, "dispersion_between");
  EXPECT_EQ(spread.ideal, "1");
  EXPECT_NEAR(*spread.values[placeOf("half")], 0.25, 1e-9);
  EXPECT_NEAR(*spread.values[placeOf("double")], 4.0, 1e-9);
  EXPECT_EQ(spread.ranks[placeOf("half")], 1.5);
  EXPECT_EQ(spread.ranks[placeOf("double")], 1.5);
  EXPECT_GT(*spread.ranks[placeOf("alike")], 2.0);
  // One that tells no differences has no place where they are judged.
  const CriterionCurve& differences = criterion(curve, "deviation_correlation");
  EXPECT_FALSE(differences.values[placeOf("alike")]);
  EXPECT_FALSE(differences.ranks[placeOf("alike")]);
  EXPECT_NEAR(*differences.values[placeOf("double")], 1.0, 1e-9);
}

TEST_F(Configurations, HaveRankCorrelationsOfTheCriteria) {
  const SpecificationCurve curve =
      specificationCurve(survey, runs, &survey, {.bootstrap = {100, 0}});
  EXPECT_GT(curve.runs.size(), 4u);
  for (std::size_t a = 0; a < curve.criteria.size(); ++a) {
    for (std::size_t b = 0; b < curve.criteria.size(); ++b) {
      const auto& one = curve.rankCorrelations[a][b];
      EXPECT_EQ(one, curve.rankCorrelations[b][a]);
      if (!one) continue;
      EXPECT_LE(std::abs(*one), 1.0 + 1e-12);
      if (a == b) {
        EXPECT_NEAR(*one, 1.0, 1e-12);
      }
    }
  }
}

TEST_F(Configurations, RankByTheMetricThatIsAskedFor) {
  const SpecificationCurve curve =
      specificationCurve(survey, runs, nullptr, {.metric = "emd", .bootstrap = {100, 0}});
  EXPECT_EQ(curve.criteria.front().id, "emd");
  EXPECT_EQ(std::ranges::count(curve.criteria, "emd", &CriterionCurve::id), 1);
  EXPECT_EQ(curve.criteria.front().ranks[0], 1.0);
  EXPECT_EQ(curve.criteria.front().ideal, "lower");
}

}  // namespace
}  // namespace canvass
