#include "survey/split.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "base/random.h"
#include "sample_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Cells = std::multiset<std::pair<std::string, std::string>>;

Cells cellsOf(const Survey& survey) {
  Cells cells;
  for (const Item& item : survey.items) {
    cells.emplace(survey.questionOf(item).id, survey.populationOf(item).id);
  }
  return cells;
}

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
    SplitPlan plan{someIds(survey.populations, random), someIds(survey.questions, random),
                   0.4 + 0.1 * random.uniform(), random.bits()};
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
  const Split split = holdOutPopulations(survey, {"p1", "Land 3"});
  expectPartition(survey, split);
  EXPECT_EQ(split.heldOut.items.size(), 6u);
  ASSERT_EQ(split.heldOut.populations.size(), 2u);
  EXPECT_EQ(split.heldOut.populations[0].id, "p1");
  EXPECT_EQ(split.heldOut.populations[1].id, "p3");
  EXPECT_EQ(split.train.populations.size(), 2u);
}

TEST(Split, HoldsOutWholeQuestions) {
  const Survey survey = test::gridSurvey(3, 4);
  const Split split = holdOutQuestions(survey, {"q2"});
  expectPartition(survey, split);
  ASSERT_EQ(split.heldOut.questions.size(), 1u);
  EXPECT_EQ(split.heldOut.questions[0].id, "q2");
  EXPECT_EQ(split.train.questions.size(), 2u);
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
  EXPECT_EQ(test::errorOf([&] { holdOutPopulations(survey, {"land 1"}); }),
            "the survey has no population \"land 1\"; did you mean \"Land 1\" or \"Land 0\" or "
            "\"Land 2\"?");
  EXPECT_EQ(test::errorOf([&] { holdOutQuestions(survey, {"weather"}); }),
            "the survey has no question \"weather\"; there are 3, such as \"q0\"");
  Survey twins = survey;
  twins.populations[1].name = twins.populations[0].name;
  EXPECT_EQ(test::errorOf([&] { holdOutPopulations(twins, {"Land 0"}); }),
            "2 populations are named \"Land 0\"; list them by id");
}

TEST(Split, RefusesAnEmptyPart) {
  const Survey survey = test::gridSurvey(3, 3);
  EXPECT_EQ(test::errorOf([&] { splitSurvey(survey, {}); }),
            "the split holds out no item; hold out more, or a larger fraction of cells");
  EXPECT_EQ(test::errorOf([&] {
              holdOutQuestions(survey, {"q0", "q1", "q2"});
            }),
            "the split leaves no item to train on; hold out less");
  EXPECT_EQ(test::errorOf([&] { holdOutCells(survey, 1.5, 1); }),
            "the fraction of cells to hold out is 1.5; give a number between 0 and 1");
  EXPECT_THAT(test::errorOf([&] { holdOutCells(survey, std::nan(""), 1); }), HasSubstr("nan"));
}

}  // namespace
}  // namespace canvass
