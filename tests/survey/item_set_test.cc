#include "survey/item_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "survey/sample_survey.h"

namespace canvass {
namespace {

using namespace test;
using ::testing::ElementsAre;

std::vector<std::string> namesOf(const Survey& survey) {
  std::vector<std::string> names;
  for (const Item& item : survey.items) {
    const auto [question, population] = idOf(survey, item);
    names.push_back(question + " " + population);
  }
  return names;
}

// Whether the only item of `one` is an item of `other`, asked in both directions.
bool sameItem(const Survey& one, const Survey& other) {
  const bool same = ItemSet(other).contains(one, one.items.front());
  EXPECT_EQ(ItemSet(one).contains(other, other.items.front()), same);
  EXPECT_EQ(withoutItemsOf(one, other).items.empty(), same);
  const auto [question, population] = idOf(one, one.items.front());
  EXPECT_EQ(ItemSet(other).contains(question, population), same);
  return same;
}

TEST(ItemSet, GoesByTheIdsOfQuestionAndPopulationAlone) {
  struct Case {
    const char* what;
    void (*change)(Survey& survey);
    bool same;
  };
  const Case cases[] = {
      {"nothing", [](Survey&) {}, true},
      {"observed shares",
       [](Survey& s) {
         s.items[0].observed = Distribution{0.5, 0.5};
       },
       true},
      {"nothing observed", [](Survey& s) { s.items[0].observed.reset(); }, true},
      {"respondents", [](Survey& s) { s.items[0].respondents = 12.0; }, true},
      {"wording", [](Survey& s) { s.questions[0].text = "Did you join in?"; }, true},
      {"options",
       [](Survey& s) {
         s.questions[0].options.push_back({"C", "maybe", {}});
       },
       true},
      {"name", [](Survey& s) { s.populations[0].name = "Nippon"; }, true},
      {"attributes", [](Survey& s) { s.populations[0].attributes["sex"] = "male"; }, true},
      {"survey's name", [](Survey& s) { s.name = "another"; }, true},
      {"language", [](Survey& s) { s.language = "zh"; }, true},
      // The words are the same, and still these are other items.
      {"question's id", [](Survey& s) { s.questions[0].id = "question 0"; }, false},
      {"white space in an id", [](Survey& s) { s.questions[0].id = "q0 "; }, false},
      {"case of an id", [](Survey& s) { s.questions[0].id = "Q0"; }, false},
      {"population's id", [](Survey& s) { s.populations[0].id = "jp"; }, false},
  };
  const Survey survey = gridSurvey(1, 1);
  for (const Case& one : cases) {
    Survey changed = survey;
    one.change(changed);
    EXPECT_EQ(sameItem(survey, changed), one.same) << one.what;
  }
}

TEST(ItemSet, KnowsAnItemAtAnotherIndex) {
  const Survey grid = gridSurvey(3, 3);
  const Survey part = selectItems(grid, {5, 7});  // q1 p2, q2 p1: both at other indices there
  const ItemSet items(part);
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < grid.items.size(); ++i) {
    if (items.contains(grid, grid.items[i])) found.push_back(i);
  }
  EXPECT_THAT(found, ElementsAre(5, 7));
}

TEST(ItemSet, AQuestionAndAPopulationThatAreThereAreNoItemYet) {
  const Survey part = selectItems(gridSurvey(2, 2), {0, 3});  // q0 p0, q1 p1
  const ItemSet items(part);
  EXPECT_TRUE(items.contains("q0", "p0"));
  EXPECT_FALSE(items.contains("q0", "p1"));
  EXPECT_FALSE(items.contains("q1", "p0"));
  EXPECT_FALSE(items.contains("p0", "q0"));
  EXPECT_FALSE(items.contains("", ""));
}

TEST(ItemSet, OfASurveyWithoutItemsIsEmpty) {
  EXPECT_FALSE(ItemSet(Survey{}).contains("q0", "p0"));
  Survey grid = gridSurvey(1, 1);
  grid.items.clear();
  EXPECT_FALSE(ItemSet(grid).contains("q0", "p0"));
}

TEST(WithoutItemsOf, KeepsQuestionsAndPopulationsAtTheirIndices) {
  const Survey grid = gridSurvey(2, 2);
  const Survey rest = withoutItemsOf(grid, selectItems(grid, {0, 1}));
  EXPECT_THAT(namesOf(rest), ElementsAre("q1 p0", "q1 p1"));
  EXPECT_EQ(rest.questions, grid.questions);
  EXPECT_EQ(rest.populations, grid.populations);
  EXPECT_THAT(namesOf(withoutItemsOf(grid, Survey{})),
              ElementsAre("q0 p0", "q0 p1", "q1 p0", "q1 p1"));
}

TEST(SurveyIndex, FindsAnItemByItsIds) {
  const SurveyIndex index(selectItems(gridSurvey(2, 2), {0, 3}));
  EXPECT_EQ(index.item("q1", "p1"), 1u);
  EXPECT_EQ(index.item("q1", "p0"), std::nullopt);
  EXPECT_EQ(index.item("q9", "p0"), std::nullopt);
}

}  // namespace
}  // namespace canvass
