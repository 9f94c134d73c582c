#include "designs/leave_out.h"

#include "base/random.h"
#include "designs/design_surveys.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::Cells;
using test::cellsOf;
using test::partNamed;
using test::surveyOf;
using test::yesNo;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;
using Cell = std::pair<std::string, std::string>;

Survey training() {
  return surveyOf({yesNo("1", "How often do you drink tea?"),
                   yesNo("2", "How far do you trust each of these institutions? The police")},
                  {"Czechia", "Japan"});
}

Survey testSurvey() {
  return surveyOf({yesNo("1", "Does it rain?"), yesNo("x", "How often do you drink tea"),
                   yesNo("y", "How far do you trust each of these institutions? The courts")},
                  {"Czech Rep.", "Peru"});
}

TEST(LeaveSurveyOut, KeepsWhatTrainingHasSeenApart) {
  const Parts parts = leaveSurveyOut(training(), testSurvey());
  EXPECT_EQ(cellsOf(*partNamed(parts, "train")), cellsOf(training()));
  EXPECT_THAT(cellsOf(*partNamed(parts, "test-unseen")), ElementsAre(Cell("1", "Peru")));
  EXPECT_THAT(cellsOf(*partNamed(parts, "test-seen-populations")),
              ElementsAre(Cell("1", "Czech Rep.")));
  EXPECT_THAT(cellsOf(*partNamed(parts, "test-seen-questions")),
              UnorderedElementsAre(Cell("x", "Peru"), Cell("y", "Peru")));
  EXPECT_THAT(cellsOf(*partNamed(parts, "test-seen")),
              UnorderedElementsAre(Cell("x", "Czech Rep."), Cell("y", "Czech Rep.")));
  EXPECT_THAT(parts.notes, ElementsAre("of 3 questions of the test survey, 2 are like one in "
                                       "training (similarity 0.8 or more)",
                                       "of 2 populations of the test survey, 1 are in training"));
}

TEST(LeaveSurveyOut, NamesEmptyParts) {
  const Parts parts = leaveSurveyOut(training(), training());
  EXPECT_THAT(parts.emptyParts,
              ElementsAre("test-unseen", "test-seen-populations", "test-seen-questions"));
}

TEST(LeaveSurveyOut, EveryItemOfTheTestIsInOnePart) {
  RandomStream random(5, "leave out property");
  for (int round = 0; round < 30; ++round) {
    Survey survey = testSurvey();
    random.shuffle(survey.items);
    survey.items.resize(1 + random.below(survey.items.size()));
    const Parts parts = leaveSurveyOut(training(), survey, 0.3 + 0.7 * random.uniform());
    Cells all;
    for (const Part& part : parts.parts) {
      if (part.name != "train") all.merge(cellsOf(part.survey));
    }
    EXPECT_EQ(all, cellsOf(survey));
    EXPECT_EQ(parts.parts.size() + parts.emptyParts.size(), 5u);
  }
}

TEST(LeaveSurveyOut, SaysWhatItCannotMatch) {
  Survey chinese = testSurvey();
  chinese.language = "zh";
  chinese.name = "tea";
  EXPECT_EQ(test::errorOf([&] { leaveSurveyOut(training(), chinese); }),
            "tea: the surveys are in \"en\" and \"zh\", so that their questions cannot be matched "
            "by text; give surveys in one language");
  Survey empty;
  EXPECT_EQ(test::errorOf([&] { leaveSurveyOut(empty, training()); }),
            "the survey to train on has no items");
  EXPECT_EQ(test::errorOf([&] { leaveSurveyOut(training(), empty); }),
            "the survey to test on has no items");
}

}  // namespace
}  // namespace canvass
