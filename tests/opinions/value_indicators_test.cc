#include "opinions/value_indicators.h"

#include "base/random.h"
#include "opinions/made_up_values.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::makeQuestion;
using ::testing::HasSubstr;

std::size_t indicatorNamed(const std::string& name) {
  for (std::size_t i = 0; i < valueIndicators().size(); ++i) {
    if (valueIndicators()[i].name == name) return i;
  }
  ADD_FAILURE() << name;
  return 0;
}

Survey ofQuestions(const std::vector<Question>& questions) {
  Survey survey;
  survey.questions = questions;
  return survey;
}

TEST(ValueIndicators, AreTheTenOfTheMap) {
  ASSERT_EQ(valueIndicators().size(), 10u);
  std::size_t secular = 0;
  for (const ValueIndicator& one : valueIndicators()) {
    secular += one.dimension == ValueDimension::secular;
    for (const IndicatorQuestion& question : one.questions) {
      EXPECT_EQ(question.scores.size(), question.options) << question.wave7;
    }
  }
  EXPECT_EQ(secular, 5u);
}

struct IdCase {
  const char* id;
  bool found;
};

class QuestionIds : public testing::TestWithParam<IdCase> {};
INSTANTIATE_TEST_SUITE_P(Surveys, QuestionIds,
                         testing::Values(IdCase{"Q46", true}, IdCase{"46", true},
                                         IdCase{"A008", true}, IdCase{"Q046", false}));

TEST_P(QuestionIds, AreThoseOfWaveSevenOrTheIntegratedFile) {
  const std::size_t happiness = indicatorNamed("happiness");
  const IndicatorQuestions questions(ofQuestions({makeQuestion(GetParam().id, 4)}));
  EXPECT_EQ(questions.missing(happiness).empty(), GetParam().found);
  if (!GetParam().found) {
    EXPECT_EQ(questions.missing(happiness), "no question Q46 (A008)");
    return;
  }
  const auto mean = questions.meanOf(happiness, [](std::size_t) {
    return Distribution{0.1, 0.2, 0.3, 0.4};
  });
  EXPECT_NEAR(*mean, 0.1 + 0.4 + 0.9 + 1.6, 1e-12);
}

TEST(ValueIndicators, NeedTheOptionsOfTheSurvey) {
  const std::size_t happiness = indicatorNamed("happiness");
  const IndicatorQuestions questions(ofQuestions({makeQuestion("46", 5)}));
  EXPECT_EQ(questions.missing(happiness), "question 46 has 5 options, not 4");
}

TEST(ValueIndicators, LeaveThoseWithoutTheNationalityOutOfPride) {
  const std::size_t pride = indicatorNamed("national pride");
  const IndicatorQuestions questions(ofQuestions({makeQuestion("Q254", 5)}));
  const auto mean = questions.meanOf(pride, [](std::size_t) {
    return Distribution{0.4, 0.4, 0.0, 0.0, 0.2};
  });
  EXPECT_NEAR(*mean, 1.5, 1e-12);
  EXPECT_FALSE(questions.meanOf(pride, [](std::size_t) {
    return Distribution{0.0, 0.0, 0.0, 0.0, 1.0};
  }));
  const IndicatorQuestions withoutThem(ofQuestions({makeQuestion("Q254", 4)}));
  EXPECT_EQ(withoutThem.missing(pride), "");
}

// The indices are defined for respondents. Their means are the same from the shares of each
// question alone, however the answers hang together.
class IndicesOfRespondents : public testing::Test {
 protected:
  static constexpr std::size_t people = 500;

  // `answers[q][person]`: the option, from 0.
  static std::optional<double> meanFromShares(const std::vector<Question>& questions,
                                              const std::vector<std::vector<std::size_t>>& answers,
                                              const std::string& name) {
    const IndicatorQuestions found(ofQuestions(questions));
    return found.meanOf(indicatorNamed(name), [&](std::size_t q) {
      Distribution shares(questions[q].options.size(), 0.0);
      for (const std::size_t option : answers[q]) shares[option] += 1.0 / people;
      return shares;
    });
  }
};

TEST_F(IndicesOfRespondents, Postmaterialism) {
  RandomStream random(1, "aims");
  std::vector<std::vector<std::size_t>> answers(2);
  double sum = 0.0;
  for (std::size_t person = 0; person < people; ++person) {
    const std::size_t first = random.below(3);  // protecting free speech never comes first here
    std::size_t second = random.below(4);
    if (second == first) second = 3;
    answers[0].push_back(first);
    answers[1].push_back(second);
    const bool firstIs = first == 1 || first == 3;
    const bool secondIs = second == 1 || second == 3;
    sum += firstIs && secondIs ? 3.0 : firstIs || secondIs ? 2.0 : 1.0;
  }
  const std::vector<Question> questions = {makeQuestion("Q154", 4), makeQuestion("Q155", 4)};
  EXPECT_NEAR(*meanFromShares(questions, answers, "postmaterialist index"), sum / people, 1e-9);
}

TEST_F(IndicesOfRespondents, Autonomy) {
  RandomStream random(1, "qualities");
  std::vector<std::vector<std::size_t>> answers(4);
  double sum = 0.0;
  for (std::size_t person = 0; person < people; ++person) {
    const double devout = random.uniform();
    std::vector<bool> mentioned = {random.uniform() > devout, random.uniform() > devout,
                                   random.uniform() < devout, random.uniform() < devout};
    for (std::size_t q = 0; q < 4; ++q) answers[q].push_back(mentioned[q] ? 0 : 1);
    sum += mentioned[0] + mentioned[1] - mentioned[2] - mentioned[3];
  }
  const std::vector<Question> questions = {makeQuestion("Q8", 2), makeQuestion("Q14", 2),
                                           makeQuestion("Q15", 2), makeQuestion("Q17", 2)};
  EXPECT_NEAR(*meanFromShares(questions, answers, "autonomy index"), sum / people, 1e-9);
}

TEST(ValueIndicators, NameEveryQuestionThatLacks) {
  const IndicatorQuestions questions(ofQuestions({makeQuestion("Q8", 2), makeQuestion("Q15", 3)}));
  const std::string& missing = questions.missing(indicatorNamed("autonomy index"));
  EXPECT_THAT(missing, HasSubstr("no question Q14 (A039) or Q17 (A042)"));
  EXPECT_THAT(missing, HasSubstr("question Q15 has 3 options, not 2"));
}

}  // namespace
}  // namespace canvass
