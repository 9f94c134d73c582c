#include "survey/survey.h"

#include <functional>
#include <limits>

#include "base/error.h"
#include "support/test_support.h"
#include "survey/sample_survey.h"
#include "survey/survey_builder.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Scale, HasANameEachWay) {
  for (const Scale scale : {Scale::nominal, Scale::ordinal, Scale::interval}) {
    EXPECT_EQ(parseScale(scaleName(scale), "here"), scale);
  }
  EXPECT_EQ(test::errorOf([] { parseScale("ratio", "a.jsonl:2"); }),
            "a.jsonl:2: there is no scale \"ratio\"; a scale is nominal, ordinal or interval");
}

struct Fault {
  const char* name;
  std::function<void(Survey&)> damage;
  std::string message;  // a part of it

  friend void PrintTo(const Fault& one, std::ostream* out) { *out << one.name; }
};

class CheckSurvey : public ::testing::TestWithParam<Fault> {};

TEST_P(CheckSurvey, NamesTheFault) {
  Survey survey = test::sampleSurvey();
  ASSERT_NO_THROW(checkSurvey(survey, "here"));
  GetParam().damage(survey);
  const std::string message = test::errorOf([&survey] { checkSurvey(survey, "here"); });
  EXPECT_THAT(message, HasSubstr("here: "));
  EXPECT_THAT(message, HasSubstr(GetParam().message));
}

const double infinity = std::numeric_limits<double>::infinity();

INSTANTIATE_TEST_SUITE_P(
    Faults, CheckSurvey,
    ::testing::Values(
        Fault{"EmptyQuestionId", [](Survey& s) { s.questions[0].id = ""; },
              "a question has an empty id"},
        Fault{"EmptyPopulationId", [](Survey& s) { s.populations[0].id = ""; },
              "a population has an empty id"},
        Fault{"RepeatedQuestion", [](Survey& s) { s.questions[1].id = "trust"; },
              "the question \"trust\" appears twice"},
        Fault{"RepeatedPopulation", [](Survey& s) { s.populations[1] = s.populations[0]; },
              "the population \"jp\" appears twice"},
        Fault{"OneOption", [](Survey& s) { s.questions[1].options.pop_back(); },
              "question \"join\" has fewer than two options"},
        Fault{"EmptyLabel", [](Survey& s) { s.questions[1].options[0].label = ""; },
              "question \"join\" has an option with an empty label"},
        Fault{"RepeatedLabel", [](Survey& s) { s.questions[1].options[1].label = "A"; },
              "question \"join\" has two options labeled \"A\""},
        Fault{"InfiniteValue", [](Survey& s) { s.questions[0].options[0].value = infinity; },
              "an option value that is not a number"},
        Fault{"MissingIntervalValue", [](Survey& s) { s.questions[0].options[0].value.reset(); },
              "interval question \"trust\" has 3 options but 2 values; give every option a value"},
        Fault{"SomeOrdinalValues",
              [](Survey& s) {
                s.questions[0].scale = Scale::ordinal;
                s.questions[0].options[0].value.reset();
              },
              "give every option a value, or none"},
        Fault{"UnorderedValues", [](Survey& s) { s.questions[0].options[0].value = 1.0; },
              "the option values of interval question \"trust\" neither rise nor fall"},
        Fault{"EqualValues", [](Survey& s) { s.questions[0].options[0].value = 2.0; },
              "neither rise nor fall"},
        Fault{"QuestionOutOfRange", [](Survey& s) { s.items[0].question = 2; },
              "a question or population that does not exist"},
        Fault{"PopulationOutOfRange", [](Survey& s) { s.items[0].population = 2; },
              "a question or population that does not exist"},
        Fault{"ShortDistribution", [](Survey& s) { s.items[0].observed->pop_back(); },
              "population \"jp\" has 2 shares for 3 options"},
        Fault{"NegativeShare",
              [](Survey& s) {
                s.items[0].observed = {-0.1, 0.4, 0.7};
              },
              "a share that is negative or not a number"},
        Fault{"SumOff",
              [](Survey& s) {
                s.items[0].observed = {0.1, 0.2, 0.70001};
              },
              "sum to 1.00001, not to 1"},
        Fault{"NoRespondents", [](Survey& s) { s.items[0].respondents = 0.0; },
              "the n of the item of question \"trust\" and population \"jp\" is not a positive"},
        Fault{"InfiniteSize", [](Survey& s) { s.items[0].effectiveSampleSize = infinity; },
              "the n_eff of the item"},
        Fault{"NegativeRate", [](Survey& s) { s.items[0].refused = -0.1; },
              "the dont_know or refused share of the item"},
        Fault{"RateAboveOne", [](Survey& s) { s.items[2].dontKnow = 1.1; }, "not between 0 and 1"},
        Fault{"NobodyAnswered",
              [](Survey& s) {
                s.items[0].dontKnow = 0.75;
                s.items[0].refused = 0.25;
              },
              "leave nobody who answered"},
        Fault{"RepeatedItem", [](Survey& s) { s.items[1].population = 0; },
              "the item of question \"trust\" and population \"jp\" appears twice"}),
    [](const auto& one) { return one.param.name; });

TEST(CheckSurvey, ToleratesRoundingOfTheSum) {
  Survey survey = test::sampleSurvey();
  survey.items[0].observed = {0.1, 0.2, 0.7 + 5e-7};
  EXPECT_NO_THROW(checkSurvey(survey, "here"));
}

TEST(SurveyBuilder, RefusesAnIdThatMeansTwoThings) {
  Survey survey = test::sampleSurvey();
  SurveyBuilder builder;
  EXPECT_EQ(builder.findOrAddQuestion(survey.questions[0], "a"), 0u);
  EXPECT_EQ(builder.findOrAddQuestion(survey.questions[0], "b"), 0u);
  EXPECT_EQ(builder.findOrAddPopulation(survey.populations[0], "a"), 0u);
  survey.questions[0].options[1].text = "other";
  survey.populations[0].phrase = "other";
  EXPECT_EQ(test::errorOf([&] { builder.findOrAddQuestion(survey.questions[0], "b"); }),
            "b: the question \"trust\" differs from the earlier one with that id; give one of them "
            "a different id");
  EXPECT_THAT(test::errorOf([&] { builder.findOrAddPopulation(survey.populations[0], "b"); }),
              HasSubstr("b: the population \"jp\" differs"));
}

TEST(SurveyBuilder, StaysAsItWasAfterAFault) {
  Survey survey = test::sampleSurvey();
  SurveyBuilder builder;
  builder.addQuestion(survey.questions[0], "");
  builder.addPopulation(survey.populations[0], "");
  Item item = survey.items[0];
  item.observed = {1.0};
  EXPECT_THROW(builder.addItem(item, ""), Error);
  EXPECT_NO_THROW(builder.addItem(survey.items[0], ""));
  EXPECT_EQ(builder.survey().items.size(), 1u);
}

TEST(MergeSurveys, JoinsWhatIsEqualAndKeepsEveryItem) {
  const Survey whole = test::sampleSurvey();
  Survey first = selectItems(whole, {2});
  const Survey second = selectItems(whole, {0, 1});
  first.source = "elsewhere";
  const Survey merged = mergeSurveys({first, second});
  EXPECT_EQ(merged.name, "sample");
  EXPECT_EQ(merged.source, "elsewhere; made up");
  EXPECT_EQ(merged.questions.size(), 2u);
  EXPECT_EQ(merged.populations.size(), 2u);
  ASSERT_EQ(merged.items.size(), 3u);
  EXPECT_EQ(merged.questionOf(merged.items[1]).id, "trust");
  EXPECT_EQ(merged.populationOf(merged.items[1]).id, "jp");
  EXPECT_EQ(merged.items[1].observed, whole.items[0].observed);
}

TEST(MergeSurveys, RefusesWhatDoesNotFit) {
  const Survey survey = test::sampleSurvey();
  Survey other = selectItems(survey, {2});
  EXPECT_EQ(test::errorOf([] { mergeSurveys({}); }), "there is no survey to merge");
  EXPECT_THAT(test::errorOf([&] {
                mergeSurveys({survey, other});
              }),
              HasSubstr("the item of question \"join\" and population \"jp-f\" appears twice"));
  other.questions[0].text = "Will you join?";
  EXPECT_THAT(test::errorOf([&] {
                mergeSurveys({survey, other});
              }),
              HasSubstr("sample: a question differs from earlier ones with the same id: join: its "
                        "text is \"Will you join?\", earlier \""));
  other.language = "zh";
  EXPECT_EQ(test::errorOf([&] {
              mergeSurveys({survey, other});
            }),
            "sample: surveys in \"en\" and \"zh\" cannot be merged; merge surveys of one language "
            "only");
}

TEST(MergeSurveys, NamesEverythingThatDiffersAtOnce) {
  const Survey survey = test::sampleSurvey();
  Survey other = selectItems(survey, {0, 2});
  for (Question& one : other.questions) one.options[1].text = "other";
  EXPECT_THAT(test::errorOf([&] {
                mergeSurveys({survey, other});
              }),
              testing::AllOf(HasSubstr("2 questions differ"), HasSubstr("trust: option 2 is"),
                             HasSubstr("; join: option 2 is")));
}

TEST(MergeSurveys, JoinsMissingCodes) {
  Survey survey = test::sampleSurvey();
  Survey first = selectItems(survey, {0});
  Survey second = selectItems(survey, {1});
  first.questions[0].missingCodes = {"8"};
  second.questions[0].missingCodes = {"9", "8"};
  EXPECT_THAT(mergeSurveys({first, second}).questions.at(0).missingCodes,
              testing::ElementsAre("8", "9"));
}

TEST(SelectItems, KeepsOnlyWhatTheItemsUse) {
  const Survey survey = test::sampleSurvey();
  const Survey selected = selectItems(survey, {2, 1});
  ASSERT_EQ(selected.populations.size(), 1u);
  EXPECT_EQ(selected.populations[0], survey.populations[1]);
  EXPECT_EQ(selected.questions, survey.questions);
  ASSERT_EQ(selected.items.size(), 2u);
  EXPECT_EQ(selected.questionOf(selected.items[0]).id, "trust");
  EXPECT_EQ(selected.questionOf(selected.items[1]).id, "join");
  EXPECT_EQ(selected.language, "en");
}

TEST(SelectItems, RefusesWrongIndices) {
  const Survey survey = test::sampleSurvey();
  EXPECT_EQ(test::errorOf([&] { selectItems(survey, {3}); }), "there is no item with index 3");
  EXPECT_EQ(test::errorOf([&] {
              selectItems(survey, {1, 1});
            }),
            "the item with index 1 is selected twice");
}

TEST(SurveyIndex, FindsByIdAndByPair) {
  const Survey survey = test::sampleSurvey();
  const SurveyIndex index(survey);
  EXPECT_EQ(index.question("join"), 1u);
  EXPECT_EQ(index.question("jp"), std::nullopt);
  EXPECT_EQ(index.population("jp-f"), 1u);
  EXPECT_EQ(index.population(""), std::nullopt);
  EXPECT_EQ(index.item(1, 1), 2u);
  EXPECT_EQ(index.item(1, 0), std::nullopt);
  EXPECT_EQ(index.item(0, 2), std::nullopt);  // not the item of question 1 and population 0
}

}  // namespace
}  // namespace canvass
