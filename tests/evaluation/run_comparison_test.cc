#include "evaluation/run_comparison.h"

#include <cmath>

#include "base/random.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Thirty questions of three options, asked of twelve populations; runs that are off by noise of
// given sizes.
struct WorldOfNoisyRuns {
  WorldOfNoisyRuns() {
    for (std::size_t p = 0; p < 12; ++p) {
      const std::string id = "p" + std::to_string(p);
      survey.populations.push_back({id, id, id, {}});
    }
    for (std::size_t q = 0; q < 30; ++q) {
      // Every third question has no order.
      const Scale scale = q % 3 == 0 ? Scale::nominal : Scale::ordinal;
      survey.questions.push_back(makeQuestion("q" + std::to_string(q), 3, "", scale));
      const double first = 0.2 + 0.4 * random.uniform();
      for (std::size_t p = 0; p < 12; ++p) {
        const double share = first + 0.1 * random.uniform();
        const double second = (1.0 - share) * 0.7;
        addItem(survey, q, p, {share, second, 1.0 - share - second});
      }
    }
  }

  NamedPredictions run(const std::string& name, double noise) {
    std::vector<Prediction> all;
    for (const Item& item : survey.items) {
      Distribution shares = *item.observed;
      for (double& share : shares) share *= std::exp(noise * random.normal());
      all.push_back(makePrediction(survey.questionOf(item).id, survey.populationOf(item).id,
                                   normalized(shares, name)));
    }
    return {name, makePredictions(std::move(all))};
  }

  RandomStream random{41, "runs"};
  Survey survey = makeSurvey({}, {});
};

std::vector<std::string> namesOf(const RunComparison& comparison) {
  std::vector<std::string> names;
  for (const ComparedRun& run : comparison.runs) names.push_back(run.name);
  return names;
}

TEST(RunComparison, PutsRunsInOrderAndTellsApartWhatDiffers) {
  for (const char* metric : {"js_similarity", "tvd", "emd"}) {
    WorldOfNoisyRuns world;
    const std::vector<NamedPredictions> runs{world.run("worst", 1.2), world.run("good", 0.3),
                                             world.run("equally good", 0.3), world.run("bad", 0.7)};
    const RunComparison comparison = compareRuns(
        world.survey, runs, nullptr, {.metric = metric, .bootstrap = {.resamples = 300}});
    const auto names = namesOf(comparison);
    EXPECT_THAT(std::vector(names.begin() + 2, names.end()), ElementsAre("bad", "worst")) << metric;
    const std::vector<std::vector<std::size_t>> groups{{0, 1}, {2}, {3}};
    EXPECT_EQ(comparison.groups, groups) << metric;
    EXPECT_TRUE(comparison.runs[0].maybeBest && comparison.runs[1].maybeBest);
    EXPECT_FALSE(comparison.runs[2].maybeBest || comparison.runs[3].maybeBest);
    EXPECT_EQ(comparison.scored, std::string(metric) == "emd" ? 240u : 360u);
    EXPECT_EQ(comparison.items, 360u);
    ASSERT_THAT(comparison.pairs, SizeIs(6));
    const double sign = std::string(metric) == "js_similarity" ? 1.0 : -1.0;
    for (const RunPair& pair : comparison.pairs) {
      EXPECT_GE(sign * pair.difference.mean, 0.0) << "the first ranks higher";
      EXPECT_TRUE(pair.difference.interval->contains(pair.difference.mean));
      EXPECT_TRUE(pair.simultaneous->contains(pair.difference.mean));
      EXPECT_LE(*pair.p, *pair.adjustedP);
      EXPECT_TRUE(comparison.runs[pair.first].figure.interval->contains(
          comparison.runs[pair.first].figure.mean));
    }
    EXPECT_GT(*comparison.optimism, 0.0);
    EXPECT_LT(*comparison.optimism, 0.01);
  }
}

TEST(RunComparison, TakesTheItemsThatAllHave) {
  WorldOfNoisyRuns world;
  NamedPredictions whole = world.run("whole", 0.3);
  NamedPredictions part = world.run("part", 0.3);
  part.predictions.predictions.erase(part.predictions.predictions.begin(),
                                     part.predictions.predictions.begin() + 24);
  part.predictions.predictions.push_back(makePrediction("another", "p0", {0.5, 0.5}));
  const RunComparison comparison = compareRuns(world.survey, {whole, part}, nullptr);
  EXPECT_EQ(comparison.items, 336u);
  const bool wholeFirst = comparison.runs[0].name == "whole";
  const ComparedRun& ofPart = comparison.runs[wholeFirst ? 1 : 0];
  const ComparedRun& ofWhole = comparison.runs[wholeFirst ? 0 : 1];
  EXPECT_EQ(ofPart.items, 336u);
  EXPECT_EQ(ofPart.lacking, 24u);
  EXPECT_EQ(ofPart.strays, 1u);
  EXPECT_THAT(ofPart.skipped, SizeIs(25));
  EXPECT_EQ(ofWhole.items, 360u);
  EXPECT_EQ(ofWhole.lacking, 0u);
  EXPECT_EQ(ofWhole.metrics.items, 336u);
}

// A run that differs from another in a known share of its items by a known amount.
TEST(RunComparison, MeasuresDisagreement) {
  WorldOfNoisyRuns world;
  std::vector<Prediction> before, after;
  for (std::size_t i = 0; i < world.survey.items.size(); ++i) {
    const Item& item = world.survey.items[i];
    const std::string& question = world.survey.questionOf(item).id;
    const std::string& population = world.survey.populationOf(item).id;
    before.push_back(makePrediction(question, population, {0.6, 0.3, 0.1}));
    const bool turns = (item.question + item.population) % 4 == 0;
    after.push_back(makePrediction(
        question, population, turns ? Distribution{0.3, 0.6, 0.1} : Distribution{0.6, 0.3, 0.1}));
  }
  const RunComparison comparison = compareRuns(
      world.survey, {{"first token", makePredictions(before)}, {"text", makePredictions(after)}},
      nullptr);
  const RunPair& pair = comparison.pairs.front();
  EXPECT_NEAR(pair.otherTop.mean, 0.25, 1e-12);
  EXPECT_NEAR(pair.totalVariation.mean, 0.25 * 0.3, 1e-12);
  EXPECT_TRUE(pair.otherTop.interval->contains(0.25));
  EXPECT_TRUE(pair.totalVariation.interval->contains(0.075));
  EXPECT_LT(pair.otherTop.interval->high, 0.5);
}

TEST(RunComparison, TopOptionsDifferByTheHousesTolerance) {
  const Distribution first{0.6, 0.4, 0.0}, second{0.4, 0.6, 0.0}, tied{0.5, 0.5, 0.0};
  EXPECT_EQ(topDisagreement(first, second), 1.0);
  EXPECT_EQ(topDisagreement(tied, tied), 0.0);
  EXPECT_EQ(topDisagreement(first, tied), 0.25) << "one way it always agrees, the other way half";
  EXPECT_EQ(topDisagreement(first, tied), topDisagreement(tied, first));
  EXPECT_EQ(topDisagreement({0.5 + 1e-12, 0.5 - 1e-12}, {0.5, 0.5}), 0.0);
}

TEST(RunComparison, AddsBaselinesThatHaveTheItems) {
  WorldOfNoisyRuns world;
  const auto run = world.run("run", 0.3);
  EXPECT_THAT(namesOf(compareRuns(world.survey, {run}, &world.survey, {.bootstrap = {40, 0}})),
              SizeIs(4));
  Survey other = world.survey;
  for (Question& question : other.questions) question.id += " of another survey";
  const RunComparison comparison = compareRuns(world.survey, {run}, &other, {.bootstrap = {40, 0}});
  EXPECT_THAT(namesOf(comparison), ElementsAre("run", "uniform (baseline)"));
  ASSERT_THAT(comparison.absent, SizeIs(2));
  EXPECT_EQ(comparison.absent[0].name, "question mean (baseline)");
  EXPECT_EQ(comparison.absent[0].reason, "predicts only 0 of the 360 items that the runs have");
}

TEST(RunComparison, LeavesOutAnInfiniteRun) {
  WorldOfNoisyRuns world;
  NamedPredictions sure = world.run("sure", 0.3);
  sure.predictions.predictions[0].probabilities = {1.0, 0.0, 0.0};
  const RunComparison comparison =
      compareRuns(world.survey, {sure, world.run("run", 0.3)}, nullptr, {.metric = "kl"});
  EXPECT_THAT(namesOf(comparison), ElementsAre("run"));
  ASSERT_THAT(comparison.absent, SizeIs(1));
  EXPECT_EQ(comparison.absent[0].reason, "has an infinite kl for 1 of 360 items");
  EXPECT_EQ(comparison.optimism, std::nullopt) << "nothing was chosen";
  EXPECT_THAT(errorOf([&] { compareRuns(world.survey, {sure}, nullptr, {.metric = "kl"}); }),
              HasSubstr("every run has an infinite kl"));
}

TEST(RunComparison, TellsNothingApartWhereNothingVaries) {
  Survey survey = WorldOfNoisyRuns().survey;
  survey.items.resize(1);
  const RunComparison comparison =
      compareRuns(survey,
                  {{"a", makePredictions({makePrediction("q0", "p0", {0.5, 0.3, 0.2})})},
                   {"b", makePredictions({makePrediction("q0", "p0", {0.2, 0.3, 0.5})})}},
                  nullptr);
  EXPECT_EQ(comparison.pairs[0].p, std::nullopt);
  EXPECT_FALSE(comparison.pairs[0].isDistinguishable());
  EXPECT_THAT(comparison.groups, ElementsAre(ElementsAre(0, 1)));
  EXPECT_EQ(comparison.optimism, std::nullopt);
}

TEST(RunComparison, SaysWhatCannotBeCompared) {
  WorldOfNoisyRuns world;
  const auto run = world.run("run", 0.3);
  NamedPredictions first = run, rest = run;
  first.name = "first";
  first.predictions.predictions.resize(10);
  rest.predictions.predictions.erase(rest.predictions.predictions.begin(),
                                     rest.predictions.predictions.begin() + 10);
  Survey nominal = world.survey;
  for (Question& question : nominal.questions) question.scale = Scale::nominal;
  const NamedPredictions stray{"stray", makePredictions({makePrediction("no", "p0", {0.5, 0.5})})};
  const auto errorWith = [&](const Survey& survey, const std::vector<NamedPredictions>& runs,
                             const std::string& metric) {
    return errorOf([&] { compareRuns(survey, runs, nullptr, {.metric = metric}); });
  };
  EXPECT_EQ(errorWith(world.survey, {}, "tvd"), "there are no runs to compare; give one or more");
  EXPECT_EQ(errorWith(world.survey, {run, run}, "tvd"),
            "run: two runs have this name; give each its own name, and each file only once");
  EXPECT_EQ(errorWith(world.survey, {first, rest}, "tvd"),
            "no item is predicted by all runs (first has 10, run has 350); compare runs that "
            "predict the same items");
  EXPECT_EQ(errorWith(world.survey, {stray}, "tvd"),
            "stray: no item has both an observed and a predicted distribution; give the survey "
            "that these predictions are of");
  EXPECT_EQ(errorWith(nominal, {run}, "emd"),
            "no item that all runs predict has the metric emd; rank by another --metric");
  EXPECT_THAT(errorWith(world.survey, {run}, "charm"), HasSubstr("\"charm\" is not a metric"));
}

}  // namespace
}  // namespace canvass
