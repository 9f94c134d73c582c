#include "opinions/answers.h"

#include "opinions/made_up_opinions.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::errorOf;
using test::makePrediction;
using test::makePredictions;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Survey twoQuestions() {
  Survey survey =
      test::makeSurvey({test::makeQuestion("one", 2), test::makeQuestion("two", 2)}, {"jp", "pe"});
  for (std::size_t q = 0; q < 2; ++q) {
    for (std::size_t p = 0; p < 2; ++p) test::addItem(survey, q, p, {0.5, 0.5});
  }
  return survey;
}

TEST(DefaultAnswersOf, TakeAnyPopulationAndTheLabelsOrder) {
  Prediction turned = makePrediction("one", "nobody in particular", {0.25, 0.75});
  turned.labels = {"B", "A"};
  const DefaultAnswers answers = defaultAnswers(twoQuestions(), makePredictions({turned}));
  EXPECT_EQ(answers.questions, 1u);
  ASSERT_TRUE(answers.byQuestion[0]);
  EXPECT_THAT(*answers.byQuestion[0], ElementsAre(0.75, 0.25));
  EXPECT_FALSE(answers.byQuestion[1]);
}

TEST(DefaultAnswersOf, MayDifferByRoundingOnly) {
  const auto with = [](double share) {
    return makePredictions({makePrediction("one", "jp", {0.5, 0.5}),
                            makePrediction("one", "pe", {share, 1.0 - share}),
                            makePrediction("two", "jp", {0.1, 0.9})});
  };
  EXPECT_NEAR((*defaultAnswers(twoQuestions(), with(0.51)).byQuestion[0])[0], 0.505, 1e-12);
  EXPECT_EQ(errorOf([&] { defaultAnswers(twoQuestions(), with(0.7)); }),
            "the answers to 1 of 2 questions differ between populations, by up to 0.100 (total "
            "variation distance from their mean): a population was named; predict with --template "
            "no-population; predictions that name one go to --steered");
}

TEST(DefaultAnswersOf, MayDifferByChanceWhereTheyWereSampled) {
  Predictions predictions = makePredictions(
      {makePrediction("one", "jp", {0.4, 0.6}), makePrediction("one", "pe", {0.6, 0.4})});
  for (Prediction& one : predictions.predictions) one.sampled = SampledAnswers{20, 0, 0};
  const DefaultAnswers answers = defaultAnswers(twoQuestions(), predictions);
  EXPECT_EQ(answers.differing, 1u);
  EXPECT_NEAR(answers.furthest, 0.1, 1e-12);
  EXPECT_NEAR((*answers.byQuestion[0])[0], 0.5, 1e-12);
}

TEST(DefaultAnswersOf, NameWhatTheyCannotUse) {
  Prediction failed = makePrediction("two", "jp", {});
  failed.failure = "no choice in 5 texts";
  const DefaultAnswers answers = defaultAnswers(
      twoQuestions(), makePredictions({makePrediction("one", "jp", {0.4, 0.6}), failed,
                                       makePrediction("three", "jp", {0.4, 0.6})}));
  ASSERT_EQ(answers.skipped.size(), 2u);
  std::string reasons = answers.skipped[0].reason + answers.skipped[1].reason;
  EXPECT_THAT(reasons, HasSubstr("no such question"));
  EXPECT_THAT(reasons, HasSubstr("no choice in 5 texts"));
  EXPECT_EQ(errorOf([] {
              defaultAnswers(twoQuestions(),
                             makePredictions({makePrediction("three", "jp", {0.4, 0.6})}));
            }),
            "the predictions answer none of the survey's questions; give predictions of the "
            "survey's questions made with the template no-population");
}

TEST(SteeredAnswersOf, AreByItemAndCounted) {
  Predictions predictions = makePredictions(
      {makePrediction("one", "pe", {0.4, 0.6}), makePrediction("one", "ke", {0.6, 0.4})});
  predictions.predictions[0].sampled = SampledAnswers{20, 3, 0};
  const SteeredAnswers answers = steeredAnswers(twoQuestions(), predictions, "qa");
  EXPECT_FALSE(answers.byItem[0]);
  EXPECT_THAT(*answers.byItem[1], ElementsAre(0.4, 0.6));
  EXPECT_EQ(answers.texts[1], 20.0);
  // Three items without a prediction, and a population that the survey lacks.
  EXPECT_EQ(answers.skipped.size(), 4u);
}

}  // namespace
}  // namespace canvass
