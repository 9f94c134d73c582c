#include "designs/audit.h"

#include "designs/design_surveys.h"
#include "designs/split.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::surveyOf;
using test::yesNo;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> found(const PartPair& pair) {
  std::vector<std::string> all;
  for (const Overlap& overlap : pair.overlaps) {
    all.push_back(std::string(overlapName(overlap.kind)) + ": " + overlap.first + " / " +
                  overlap.second);
  }
  return all;
}

Survey firstPart() {
  return surveyOf({yesNo("1", "How often do you drink tea at home?"), yesNo("2", "Does it rain?"),
                   yesNo("3", "How far do you trust each of these institutions? The police"),
                   yesNo("4", "Do you sing?")},
                  {"Czechia", "Japan"});
}

Survey secondPart() {
  return surveyOf(
      {yesNo("1", "How often do you drink tea at home these days?"), yesNo("x", "does it rain"),
       yesNo("3", "How far do you trust each of these institutions? The courts"),
       yesNo("4", "Are you a member of a party?")},
      {"Czech Rep.", "Peru"});
}

TEST(Audit, NamesAllThatTwoPartsShare) {
  const auto pairs = auditParts({{"train", firstPart()}, {"test", secondPart()}});
  ASSERT_EQ(pairs.size(), 1u);
  EXPECT_EQ(pairs[0].first, "train");
  EXPECT_EQ(pairs[0].second, "test");
  EXPECT_THAT(
      found(pairs[0]),
      ElementsAre("items: 2, Czechia / x, Czech Rep.", "renamed: 2 / x", "near-duplicates: 1 / 1",
                  "batteries: 3 / 3", "reused-ids: 4 / 4", "populations: Czechia / Czech Rep."));
}

TEST(Audit, FindsNothingWhereNothingIsShared) {
  const Survey other = surveyOf({yesNo("9", "Do you own a boat?")}, {"Peru"});
  EXPECT_THAT(auditParts({{"a", firstPart()}, {"b", other}}).at(0).overlaps, IsEmpty());
}

TEST(Audit, AgreesWithTheSplitThatMadeTheParts) {
  const Survey survey = firstPart();
  const Split cells = holdOutCells(survey, 0.25, 1);
  const auto byCell = auditParts({{"a", cells.train}, {"b", cells.heldOut}});
  EXPECT_EQ(countOverlaps(byCell[0], OverlapKind::item), 0u);
  EXPECT_GT(countOverlaps(byCell[0], OverlapKind::question), 0u);
  const Split questions = splitSurvey(survey, {.questions = {"2"}});
  const auto byQuestion = auditParts({{"a", questions.train}, {"b", questions.heldOut}});
  EXPECT_THAT(found(byQuestion[0]),
              ElementsAre("populations: Czechia / Czechia", "populations: Japan / Japan"));
  const auto same = auditParts({{"a", survey}, {"b", survey}});
  EXPECT_EQ(countOverlaps(same[0], OverlapKind::item), survey.items.size());
  EXPECT_EQ(countOverlaps(same[0], OverlapKind::question), survey.questions.size());
}

TEST(Audit, ComparesEveryPairOfParts) {
  const auto pairs = auditParts({{"a", firstPart()}, {"b", firstPart()}, {"c", firstPart()}});
  ASSERT_EQ(pairs.size(), 3u);
  EXPECT_EQ(pairs[1].first + pairs[1].second, "ac");
  EXPECT_EQ(pairs[2].first + pairs[2].second, "bc");
}

TEST(Audit, ComparesIdsOnlyAcrossLanguages) {
  Survey chinese = surveyOf({yesNo("2", "下雨吗？"), yesNo("5", "您唱歌吗？")}, {"Japan"});
  chinese.language = "zh";
  const auto pairs = auditParts({{"a", firstPart()}, {"b", chinese}});
  EXPECT_FALSE(pairs[0].textsCompared);
  EXPECT_THAT(found(pairs[0]), ElementsAre("items: 2, Japan / 2, Japan", "questions: 2 / 2",
                                           "populations: Japan / Japan"));
}

TEST(Audit, NeedsTwoParts) {
  EXPECT_EQ(test::errorOf([] {
              auditParts({{"a", firstPart()}});
            }),
            "there is only one part; give two or more parts to compare");
}

}  // namespace
}  // namespace canvass
