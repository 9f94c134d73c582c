// Every figure against SciPy and NumPy: tools/oracle/reflection.py.
#include <limits>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "opinions/group_sensitivity.h"
#include "opinions/representativeness.h"
#include "opinions/similarity.h"
#include "opinions/two_factors.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

constexpr double tolerance = 1e-9;

class ReflectionGolden : public testing::Test {
 protected:
  ReflectionGolden() {
    const auto path = test::sourceFolder() / "tests" / "opinions" / "golden" / "opinions.json";
    golden_ = parseJson(readFile(path), path.string());
    for (std::size_t p = 0; p < golden_["populations"]; ++p) {
      survey_.populations.push_back({std::to_string(p), std::to_string(p), "", {}});
    }
    Predictions predictions, qa, bio;
    for (std::size_t q = 0; q < golden_["questions"].size(); ++q) add(q, predictions, qa, bio);
    answers_ = defaultAnswers(survey_, predictions);
    steered_ = {steeredAnswers(survey_, qa, "qa"), steeredAnswers(survey_, bio, "bio")};
  }

  void add(std::size_t q, Predictions& predictions, Predictions& qa, Predictions& bio) {
    const Json& row = golden_["questions"][q];
    const std::string id = "q" + std::to_string(q);
    survey_.questions.push_back(
        test::makeQuestion(id, row["options"], row["topic"],
                           row["nominal"] == true ? Scale::nominal : Scale::ordinal));
    predictions.predictions.push_back(
        test::makePrediction(id, "0", row["default"].get<Distribution>()));
    for (std::size_t p = 0; p < survey_.populations.size(); ++p) {
      const std::string population = std::to_string(p);
      if (!row["observed"][p].is_null()) {
        test::addItem(survey_, q, p, row["observed"][p].get<Distribution>());
        survey_.items.back().respondents = row["respondents"][p].get<double>();
      }
      for (auto [run, name] : {std::pair{&qa, "qa"}, std::pair{&bio, "bio"}}) {
        if (row[name][p].is_null()) continue;
        run->predictions.push_back(
            test::makePrediction(id, population, row[name][p].get<Distribution>()));
      }
    }
  }

  Json golden_;
  Survey survey_;
  DefaultAnswers answers_;
  std::vector<SteeredAnswers> steered_;
};

TEST_F(ReflectionGolden, SimilarityAndItsBaselines) {
  const auto similar = similarPopulations(survey_, answers_);
  ASSERT_EQ(similar.size(), survey_.populations.size());
  for (const PopulationSimilarity& one : similar) {
    const Json& row = golden_["similarity"][one.population];
    EXPECT_NEAR(one.similarity.mean, row["similarity"], tolerance);
    EXPECT_NEAR(one.othersMean.mean, row["mean_of_others"], tolerance);
    EXPECT_NEAR(one.difference.mean, row["difference"], tolerance);
    EXPECT_NEAR(one.uniform.mean, row["uniform"], tolerance);
    EXPECT_EQ(one.similarity.questions, row["questions"]);
  }
}

TEST_F(ReflectionGolden, RepresentativenessAndSteerability) {
  const Representation result = representation(survey_, answers_, steered_);
  EXPECT_EQ(result.nominalQuestions, 1u);
  EXPECT_NEAR(result.whole.mean, golden_["whole"], tolerance);
  ASSERT_EQ(result.populations.size(), survey_.populations.size());
  for (const PopulationRepresentation& one : result.populations) {
    const Json& row = golden_["represented"][one.population];
    EXPECT_NEAR(one.representativeness.mean, row["representativeness"], tolerance);
    EXPECT_NEAR(one.unsteered.mean, row["unsteered"], tolerance);
    EXPECT_NEAR(one.steerability.mean, row["steerability"], tolerance);
    EXPECT_NEAR(one.byRun[0], row["by_run"][0], tolerance);
    EXPECT_NEAR(one.byRun[1], row["by_run"][1], tolerance);
    EXPECT_EQ(one.steerability.questions, row["steered_questions"]);
  }
}

TEST_F(ReflectionGolden, Consistency) {
  const Representation result = representation(survey_, answers_, steered_);
  ASSERT_EQ(result.consistencies.size(), 1u);
  const Consistency& one = result.consistencies.front();
  EXPECT_EQ(one.best, golden_["consistency"]["best"]);
  EXPECT_NEAR(one.share, golden_["consistency"]["share"], tolerance);
  ASSERT_EQ(one.topics.size(), 3u);
  for (std::size_t topic = 0; topic < 3; ++topic) {
    EXPECT_EQ(one.topics[topic].best, golden_["consistency"]["winners"][topic]);
  }
}

TEST_F(ReflectionGolden, SensitivityWithoutSamplingNoise) {
  for (const SteeredAnswers& run : steered_) {
    const Json& row = golden_["sensitivity"][run.name];
    const Sensitivity result = groupSensitivity(survey_, run).overall;
    ASSERT_TRUE(result.ratio && result.correlation && result.correlationCeiling);
    EXPECT_NEAR(result.ratio->value, row["ratio"], tolerance);
    EXPECT_NEAR(result.correlation->value, row["correlation"], tolerance);
    EXPECT_NEAR(*result.correlationCeiling, row["ceiling"], tolerance);
    EXPECT_EQ(result.sizedItems, result.items);
  }
}

Eigen::MatrixXd matrixOf(const Json& rows) {
  Eigen::MatrixXd matrix(std::ssize(rows), std::ssize(rows[0]));
  for (Eigen::Index r = 0; r < matrix.rows(); ++r) {
    for (Eigen::Index c = 0; c < matrix.cols(); ++c) {
      matrix(r, c) = rows[static_cast<std::size_t>(r)][static_cast<std::size_t>(c)];
    }
  }
  return matrix;
}

// The oracle's order: more squared loadings first, each factor with a positive sum.
TEST_F(ReflectionGolden, RotatedComponents) {
  const Json& golden = golden_["factors"];
  const Eigen::MatrixXd table = matrixOf(golden["table"]);
  const Eigen::MatrixXd loadings = matrixOf(golden["loadings"]);
  const Eigen::MatrixXd scores = matrixOf(golden["scores"]);
  const Eigen::MatrixXd withoutThird = matrixOf(golden["without_third"]);
  const TwoFactors factors = twoFactors(table);
  const bool swapped =
      factors.loadings.col(1).squaredNorm() > factors.loadings.col(0).squaredNorm();
  for (Eigen::Index factor = 0; factor < 2; ++factor) {
    const Eigen::Index from = swapped ? 1 - factor : factor;
    const double sign = factors.loadings.col(from).sum() > 0.0 ? 1.0 : -1.0;
    EXPECT_LT((sign * factors.loadings.col(from) - loadings.col(factor)).cwiseAbs().maxCoeff(),
              1e-7);
    for (Eigen::Index row = 0; row < table.rows(); ++row) {
      EXPECT_NEAR(sign * factors.scores(table.row(row))(from), scores(row, factor), 1e-6);
      Eigen::RowVectorXd partial = table.row(row);
      partial(2) = std::numeric_limits<double>::quiet_NaN();
      EXPECT_NEAR(sign * factors.scores(partial)(from), withoutThird(row, factor), 1e-6);
    }
  }
}

}  // namespace
}  // namespace canvass
