#include "designs/split.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "base/random.h"
#include "designs/design_surveys.h"
#include "support/test_support.h"
#include "survey/sample_survey.h"
#include "survey/shared_respondents.h"

namespace canvass {
namespace {

using test::Cells;
using test::cellsOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

void expectPartition(const Survey& survey, const Split& split) {
  Cells both = cellsOf(split.train);
  both.merge(cellsOf(split.heldOut));
  EXPECT_EQ(both, cellsOf(survey));
  EXPECT_NO_THROW(checkSurvey(split.train, "train"));
  EXPECT_NO_THROW(checkSurvey(split.heldOut, "held out"));
}

Survey shuffledItems(Survey survey, std::uint64_t seed) {
  RandomStream(seed, "test order").shuffle(survey.items);
  return survey;
}

// A random subset of each list, so that neither part can be empty.
template <typename Named>
std::vector<std::string> someIds(const std::vector<Named>& all, RandomStream& random) {
  std::vector<std::string> ids;
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (random.uniform() < 0.3) ids.push_back(all[i].id);
  }
  return ids;
}

TEST(Split, PutsEveryItemIntoExactlyOnePart) {
  RandomStream random(3, "split property");
  for (int round = 0; round < 200; ++round) {
    Survey survey = test::gridSurvey(3 + random.below(6), 3 + random.below(6));
    random.shuffle(survey.items);
    survey.items.resize(survey.items.size() - random.below(3));
    SplitPlan plan{.populations = someIds(survey.populations, random),
                   .questions = someIds(survey.questions, random),
                   .cellFraction = 0.4 + 0.1 * random.uniform(),
                   .seed = random.bits()};
    const Split split = splitSurvey(survey, plan);
    expectPartition(survey, split);
    std::size_t leftOver = 0;
    const auto listed = [](const std::vector<std::string>& ids, const std::string& id) {
      return std::find(ids.begin(), ids.end(), id) != ids.end();
    };
    for (const auto& [question, population] : cellsOf(survey)) {
      leftOver += !listed(plan.questions, question) && !listed(plan.populations, population);
    }
    for (const auto& [question, population] : cellsOf(split.train)) {
      EXPECT_FALSE(listed(plan.questions, question) || listed(plan.populations, population));
    }
    const auto cells = std::llround(plan.cellFraction * static_cast<double>(leftOver));
    EXPECT_EQ(split.train.items.size(), leftOver - static_cast<std::size_t>(cells));
  }
}

TEST(Split, HoldsOutWholePopulationsByIdOrName) {
  const Survey survey = test::gridSurvey(3, 4);
  const Split split = splitSurvey(survey, {.populations = {"p1", "Land 3"}});
  expectPartition(survey, split);
  EXPECT_EQ(split.heldOut.items.size(), 6u);
  ASSERT_EQ(split.heldOut.populations.size(), 2u);
  EXPECT_EQ(split.heldOut.populations[0].id, "p1");
  EXPECT_EQ(split.heldOut.populations[1].id, "p3");
  EXPECT_EQ(split.train.populations.size(), 2u);
}

TEST(Split, HoldsOutWholeQuestions) {
  const Survey survey = test::gridSurvey(3, 4);
  const Split split = splitSurvey(survey, {.questions = {"q2"}});
  expectPartition(survey, split);
  ASSERT_EQ(split.heldOut.questions.size(), 1u);
  EXPECT_EQ(split.heldOut.questions[0].id, "q2");
  EXPECT_EQ(split.train.questions.size(), 2u);
}

// Questions q0, q2, .. are on "tea", q1, q3, .. on "work".
Survey surveyOnTopics() {
  Survey survey = test::gridSurvey(5, 3);
  for (std::size_t q = 0; q < survey.questions.size(); ++q) {
    survey.questions[q].topic = q % 2 == 0 ? "tea" : "work";
  }
  return survey;
}

TEST(Split, HoldsOutWholeTopics) {
  const Survey survey = surveyOnTopics();
  const Split split = splitSurvey(survey, {.topics = {"tea"}});
  expectPartition(survey, split);
  EXPECT_EQ(split.heldOut.items.size(), 9u);
  for (const Question& question : split.train.questions) EXPECT_EQ(question.topic, "work");
  for (const Question& question : split.heldOut.questions) EXPECT_EQ(question.topic, "tea");
}

template <typename Named>
std::set<std::string> idsOf(const std::vector<Named>& all) {
  std::set<std::string> ids;
  for (const Named& one : all) ids.insert(one.id);
  return ids;
}

bool isWithin(const std::set<std::string>& part, const std::set<std::string>& whole) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

TEST(Split, KeepsAnExactShareOfTraining) {
  const Survey survey = test::gridSurvey(8, 11);
  const Split split = splitSurvey(
      survey, {.populations = {"p0"}, .seed = 4, .keptPopulations = 0.5, .keptQuestions = 0.25});
  EXPECT_EQ(split.train.populations.size(), 5u);
  EXPECT_EQ(split.train.questions.size(), 2u);
  EXPECT_EQ(split.train.items.size(), 10u);
  EXPECT_EQ(split.heldOut.items.size(), 8u);
  EXPECT_EQ(split.droppedPopulations.size(), 5u);
  EXPECT_EQ(split.droppedQuestions.size(), 6u);
  EXPECT_EQ(split.droppedItems, survey.items.size() - 10 - 8);
}

// A larger share holds all of a smaller one; what is held out does not change; every population
// and question of training is either kept or named.
TEST(Split, KeptSharesAreNested) {
  RandomStream random(8, "split property");
  for (int round = 0; round < 50; ++round) {
    Survey survey = test::gridSurvey(6 + random.below(9), 6 + random.below(9));
    SplitPlan plan{.cellFraction = 0.1, .seed = random.bits()};
    const Split whole = splitSurvey(survey, plan);
    EXPECT_EQ(whole.droppedItems, 0u);
    std::set<std::string> smallerPopulations;
    std::set<std::string> smallerQuestions;
    for (const double share : {0.25, 0.5, 0.75, 1.0}) {
      plan.keptPopulations = plan.keptQuestions = share;
      const Split split = splitSurvey(shuffledItems(survey, random.bits()), plan);
      EXPECT_EQ(cellsOf(split.heldOut), cellsOf(whole.heldOut));
      EXPECT_EQ(split.train.items.size() + split.droppedItems, whole.train.items.size());
      std::set<std::string> populations = idsOf(whole.train.populations);
      std::set<std::string> questions = idsOf(whole.train.questions);
      for (const std::string& id : split.droppedPopulations) EXPECT_EQ(populations.erase(id), 1u);
      for (const std::string& id : split.droppedQuestions) EXPECT_EQ(questions.erase(id), 1u);
      for (const auto& [question, population] : cellsOf(split.train)) {
        EXPECT_TRUE(questions.contains(question) && populations.contains(population));
      }
      EXPECT_TRUE(isWithin(smallerPopulations, populations)) << share;
      EXPECT_TRUE(isWithin(smallerQuestions, questions)) << share;
      smallerPopulations = populations;
      smallerQuestions = questions;
    }
  }
}

TEST(Split, AnotherSeedKeepsOthers) {
  const Survey survey = test::gridSurvey(3, 40);
  std::set<std::set<std::string>> kept;
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    kept.insert(
        idsOf(splitSurvey(survey, {.questions = {"q0"}, .seed = seed, .keptPopulations = 0.5})
                  .train.populations));
  }
  EXPECT_EQ(kept.size(), 5u);
}

// Two countries with two groups each, and women of both.
Survey surveyOfGroups(std::size_t questions) {
  Survey survey = test::gridSurvey(questions, 7);
  const std::map<std::string, std::string> attributes[] = {
      {{"country", "Peru"}},
      {{"country", "Peru"}, {"sex", "female"}},
      {{"country", "Peru"}, {"sex", "male"}},
      {{"country", "Chile"}},
      {{"country", "Chile"}, {"sex", "female"}},
      {{"country", "Chile"}, {"sex", "male"}},
      {{"sex", "female"}},
  };
  for (std::size_t p = 0; p < survey.populations.size(); ++p) {
    survey.populations[p].attributes = attributes[p];
  }
  return survey;
}

TEST(Split, TakesSubgroupsAlongAndSetsAsideWhoIsHeldOut) {
  const Survey survey = surveyOfGroups(2);
  for (const char* name : {"p0", "Land 0"}) {
    const Split split = splitSurvey(survey, {.populations = {name}});
    EXPECT_EQ(idsOf(split.heldOut.populations), (std::set<std::string>{"p0", "p1", "p2"}));
    EXPECT_EQ(idsOf(split.train.populations), (std::set<std::string>{"p3", "p4", "p5"}));
    EXPECT_EQ(split.sharingItems, 2u);
    EXPECT_THAT(split.sharingPopulations, ElementsAre("Land 6"));
  }
  const Split women = splitSurvey(survey, {.populations = {"p6"}});
  EXPECT_EQ(idsOf(women.heldOut.populations), (std::set<std::string>{"p1", "p4", "p6"}));
  EXPECT_EQ(idsOf(women.train.populations), (std::set<std::string>{"p2", "p5"}));
  const Split divided =
      splitSurvey(survey, {.populations = {"p0"}, .sharing = SharedRespondents::ignore});
  expectPartition(survey, divided);
  EXPECT_EQ(idsOf(divided.heldOut.populations), (std::set<std::string>{"p0"}));
}

TEST(Split, FindsPopulationsByAttribute) {
  const Survey survey = surveyOfGroups(1);
  const Split chile = splitSurvey(survey, {.populations = {"country=Chile"}});
  EXPECT_EQ(idsOf(chile.heldOut.populations), (std::set<std::string>{"p3", "p4", "p5"}));
  EXPECT_THAT(test::errorOf([&] { splitSurvey(survey, {.populations = {"country=Chie"}}); }),
              HasSubstr("no population has the country \"Chie\"; did you mean \"Chile\"?"));
  EXPECT_THAT(test::errorOf([&] { splitSurvey(survey, {.populations = {"land=Chile"}}); }),
              HasSubstr("the survey has no population \"land=Chile\""));
}

// Nothing that is trained on tells what held-out respondents answered, whatever is drawn.
TEST(Split, NeverTrainsOnWhomItHoldsOut) {
  RandomStream random(5, "split property");
  for (int round = 0; round < 60; ++round) {
    const Survey survey = surveyOfGroups(12);
    const Split split = holdOutCells(survey, 0.05, random.bits());
    EXPECT_TRUE(itemsSharingRespondents(split.train, split.heldOut).empty());
    EXPECT_EQ(split.train.items.size() + split.heldOut.items.size() + split.sharingItems,
              survey.items.size());
  }
}

TEST(Split, SaysWhenEverybodyIsHeldOut) {
  Survey survey = surveyOfGroups(1);
  survey = selectItems(survey, {0, 6});  // Peru, and women
  EXPECT_THAT(test::errorOf([&] { splitSurvey(survey, {.populations = {"p0"}}); }),
              HasSubstr("shares respondents with what is held out"));
}

TEST(Split, DrawsAnExactNumberOfCells) {
  const Survey survey = test::gridSurvey(5, 5);
  struct Case {
    double fraction;
    std::size_t cells;
  };
  for (const auto& [fraction, cells] :
       {Case{0.1, 3}, Case{0.5, 13}, Case{0.049, 1}, Case{0.9, 23}}) {
    const Split split = holdOutCells(survey, fraction, 1);
    EXPECT_EQ(split.heldOut.items.size(), cells) << fraction;
    expectPartition(survey, split);
  }
}

TEST(Split, DependsOnSeedAndIdsOnly) {
  const Survey survey = test::gridSurvey(8, 9);
  const Cells drawn = cellsOf(holdOutCells(survey, 0.25, 5).heldOut);
  EXPECT_EQ(cellsOf(holdOutCells(survey, 0.25, 5).heldOut), drawn);
  EXPECT_EQ(cellsOf(holdOutCells(shuffledItems(survey, 1), 0.25, 5).heldOut), drawn);
  EXPECT_NE(cellsOf(holdOutCells(survey, 0.25, 6).heldOut), drawn);
}

// Over many seeds each cell is drawn about as often as any other.
TEST(Split, DrawsEveryCellAlike) {
  const Survey survey = test::gridSurvey(4, 5);
  std::map<std::pair<std::string, std::string>, int> draws;
  constexpr int seeds = 4000;
  for (int seed = 0; seed < seeds; ++seed) {
    for (const auto& cell :
         cellsOf(holdOutCells(survey, 0.2, static_cast<std::uint64_t>(seed)).heldOut)) {
      ++draws[cell];
    }
  }
  ASSERT_EQ(draws.size(), survey.items.size());
  const double deviation = std::sqrt(seeds * 0.2 * 0.8);
  for (const auto& [cell, count] : draws) EXPECT_NEAR(count, seeds * 0.2, 5 * deviation);
}

TEST(Split, NamesWhatItDoesNotKnow) {
  const Survey survey = test::gridSurvey(3, 3);
  EXPECT_EQ(test::errorOf([&] { splitSurvey(survey, {.populations = {"land 1"}}); }),
            "the survey has no population \"land 1\"; did you mean \"Land 1\" or \"Land 0\" or "
            "\"Land 2\"?");
  EXPECT_EQ(test::errorOf([&] { splitSurvey(survey, {.questions = {"weather"}}); }),
            "the survey has no question \"weather\"; there are 3, such as \"q0\"");
  EXPECT_EQ(test::errorOf([] { splitSurvey(surveyOnTopics(), {.topics = {"teas"}}); }),
            "the survey has no topic \"teas\"; did you mean \"tea\"?");
  Survey duplicates = survey;
  duplicates.populations[1].name = duplicates.populations[0].name;
  EXPECT_EQ(test::errorOf([&] { splitSurvey(duplicates, {.populations = {"Land 0"}}); }),
            "2 populations are named \"Land 0\"; list them by id");
}

TEST(Split, RefusesAnEmptyPart) {
  const Survey survey = test::gridSurvey(3, 3);
  EXPECT_EQ(test::errorOf([&] { splitSurvey(survey, {}); }),
            "the split holds out no items; hold out more, or a larger fraction of cells");
  EXPECT_EQ(test::errorOf([&] {
              splitSurvey(survey, {.questions = {"q0", "q1", "q2"}});
            }),
            "the split leaves no items to train on; hold out less");
  EXPECT_EQ(test::errorOf([&] { holdOutCells(survey, 1.5, 1); }),
            "the fraction of cells to hold out is 1.5; give a number between 0 and 1");
  EXPECT_THAT(test::errorOf([&] { holdOutCells(survey, std::nan(""), 1); }), HasSubstr("nan"));
  const auto keeping = [&](double populations, double questions) {
    return test::errorOf([&] {
      splitSurvey(
          survey,
          {.questions = {"q0"}, .keptPopulations = populations, .keptQuestions = questions});
    });
  };
  EXPECT_EQ(keeping(0.0, 1.0),
            "the fraction of training populations to keep is 0; give a number above 0 and up to 1");
  EXPECT_THAT(keeping(1.0, std::nan("")), HasSubstr("questions to keep is nan"));
  EXPECT_EQ(keeping(0.1, 1.0), "0.1 of 3 training populations rounds to 0; keep a larger fraction");
  // Two questions, each asked of another population: half of each may have nothing in common.
  Survey sparse = test::gridSurvey(2, 3);
  sparse.items = {sparse.items[0], sparse.items[4], sparse.items[5]};
  std::set<std::string> messages;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    try {
      splitSurvey(
          sparse,
          {.populations = {"p2"}, .seed = seed, .keptPopulations = 0.5, .keptQuestions = 0.5});
    } catch (const std::exception& error) {
      messages.insert(error.what());
    }
  }
  EXPECT_THAT(
      messages,
      ElementsAre("no item has both a kept question and a kept population; keep more of them"));
}

}  // namespace
}  // namespace canvass
