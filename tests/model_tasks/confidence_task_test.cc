#include "model_tasks/confidence_task.h"

#include "model_tasks/small_models.h"

namespace canvass {
namespace {

using test::errorOf;
using ::testing::HasSubstr;

// Right for tea, coffee and milk, wrong for the others.
Predictions halfRight(const Survey& survey) {
  Predictions all;
  all.model = "made up";
  for (const Item& item : survey.items) {
    all.predictions.push_back(predictionFor(survey, item));
    all.predictions.back().probabilities =
        item.question < 3 ? *item.observed : Distribution{0.0, 0.0, 1.0};
  }
  return all;
}

TEST(LearnConfidence, GivesOneToWhatWasNotLearnedFrom) {
  const Survey survey = test::drinksSurvey();
  std::vector<std::size_t> some, others;
  for (std::size_t i = 0; i < survey.items.size(); ++i) (i % 3 == 0 ? others : some).push_back(i);
  const Survey observed = selectItems(survey, some), items = selectItems(survey, others);
  const ConfidenceResult result = learnConfidence(observed, items, halfRight(survey));
  EXPECT_EQ(result.learnedFrom, some.size());
  ASSERT_EQ(result.predictions.predictions.size(), others.size());
  for (const Prediction& one : result.predictions.predictions) {
    ASSERT_TRUE(one.confidence);
    EXPECT_GT(*one.confidence, 0.0);
    EXPECT_LT(*one.confidence, 1.0);
  }
  EXPECT_EQ(result.learned.items, others.size());
  EXPECT_THAT(errorOf([&] { learnConfidence(observed, observed, halfRight(survey)); }),
              HasSubstr("were not learned from"));
}

}  // namespace
}  // namespace canvass
