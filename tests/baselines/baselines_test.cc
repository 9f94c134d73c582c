#include "baselines/baselines.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "base/random.h"
#include "baselines/low_rank_baseline.h"
#include "evaluation/compared_evaluation.h"
#include "stats/metrics.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;

// Four populations, three questions. AD and JP answer q1 and q2 alike; US and CN differ from them,
// CN more. AD's answer to q3 is to be predicted.
Survey training() {
  Survey survey = makeSurvey({makeQuestion("q1", 2), makeQuestion("q2", 2), makeQuestion("q3", 2)},
                             {"AD", "CN", "JP", "US"});
  const double shares[4][3] = {{0.9, 0.9, -1}, {0.1, 0.1, 0.2}, {0.9, 0.8, 0.6}, {0.6, 0.5, 0.4}};
  for (std::size_t population = 0; population < 4; ++population) {
    for (std::size_t question = 0; question < 3; ++question) {
      const double share = shares[population][question];
      if (share >= 0) addItem(survey, question, population, {share, 1 - share});
    }
  }
  return survey;
}

Survey toPredict() {
  Survey survey = makeSurvey({makeQuestion("q3", 2), makeQuestion("unseen", 3)}, {"AD", "XX"});
  for (std::size_t question : {0, 1}) {
    for (std::size_t population : {0, 1}) {
      survey.items.push_back({question, population, {}, {}, {}});
    }
  }
  return survey;
}

// The predicted shares of the first option by "question/population".
std::map<std::string, double> firstShares(const Predictions& predictions) {
  std::map<std::string, double> shares;
  for (const Prediction& prediction : predictions.predictions) {
    shares[prediction.question + "/" + prediction.population] = prediction.probabilities[0];
  }
  return shares;
}

testing::Matcher<std::pair<const std::string, double>> share(const char* key, double value) {
  return testing::Pair(key, testing::DoubleEq(value));
}

TEST(Baselines, UniformPredictsEverything) {
  const Predictions predictions = predictUniform(training(), toPredict());
  EXPECT_EQ(predictions.model, "baseline:uniform");
  EXPECT_THAT(firstShares(predictions),
              testing::ElementsAre(share("q3/AD", 0.5), share("q3/XX", 0.5),
                                   share("unseen/AD", 1.0 / 3), share("unseen/XX", 1.0 / 3)));
  EXPECT_EQ(predictions.predictions[3].labels, (std::vector<std::string>{"A", "B", "C"}));
}

TEST(Baselines, QuestionMeanIsSilentOnUnseenQuestions) {
  const Predictions predictions = predictQuestionMean(training(), toPredict());
  EXPECT_EQ(predictions.model, "baseline:question_mean");
  EXPECT_THAT(firstShares(predictions),
              testing::ElementsAre(share("q3/AD", 0.4), share("q3/XX", 0.4)));
}

TEST(Baselines, NearestAveragesTheMostAlikeAndIsSilentOnUnseenPopulations) {
  const double expected[] = {0.6, (0.6 + 0.4) / 2, 0.4, 0.4};  // for 1, 2, 3 and 4 neighbors
  for (std::size_t neighbors : {1, 2, 3, 4}) {
    const Predictions predictions = predictNearestPopulations(training(), toPredict(), {neighbors});
    EXPECT_EQ(predictions.model, "baseline:nearest_populations");
    EXPECT_THAT(firstShares(predictions),
                testing::ElementsAre(share("q3/AD", expected[neighbors - 1])));
  }
}

TEST(Baselines, NearestCountsOnlyPopulationsThatHaveTheQuestion) {
  Survey survey = training();
  std::erase_if(survey.items,
                [](const Item& item) { return item.question == 2 && item.population == 2; });
  EXPECT_THAT(firstShares(predictNearestPopulations(survey, toPredict(), {1})),
              testing::ElementsAre(share("q3/AD", 0.4)));
}

TEST(Baselines, NearestNeedsASharedQuestion) {
  Survey survey = training();
  std::erase_if(survey.items,
                [](const Item& item) { return item.question != 2 && item.population != 0; });
  EXPECT_THAT(firstShares(predictNearestPopulations(survey, toPredict())), testing::IsEmpty());
}

TEST(Baselines, NeverSeeTheItemThatTheyPredict) {
  Survey known = training();
  addItem(known, 2, 0, {1.0, 0.0});  // AD's answer to q3, which must change nothing
  const Survey honest = training();
  for (const Baseline& baseline : baselines()) {
    if (!baseline.inEveryEvaluation) continue;
    SCOPED_TRACE(baseline.id);
    const auto shareBy = [&](const Survey& survey) {
      return firstShares(predictForEvaluation(baseline, &survey, toPredict(), {.neighbors = 2}))
          .at("q3/AD");
    };
    EXPECT_EQ(shareBy(known), shareBy(honest));
  }
}

TEST(Baselines, SimilarityLeavesThePredictedAnswerOut) {
  // By q1 alone JP is AD's neighbour; by AD's own answer to q3 it would be CN.
  Survey survey = training();
  addItem(survey, 2, 0, {0.2, 0.8});
  std::erase_if(survey.items, [](const Item& item) { return item.question == 1; });
  survey.items[1].observed = Distribution{0.8, 0.2};  // CN's q1
  EXPECT_THAT(firstShares(predictNearestPopulations(survey, toPredict(), {1})),
              testing::ElementsAre(share("q3/AD", 0.6)));
}

TEST(Baselines, NeighborsAreAsManyAsPredictTheTrainingItemsBest) {
  // Two populations that always agree, and one that never does: one neighbor is best.
  Survey survey = makeSurvey({makeQuestion("q1", 2), makeQuestion("q2", 2)}, {"a", "b", "c"});
  for (std::size_t question = 0; question < 2; ++question) {
    addItem(survey, question, 0, {0.9, 0.1});
    addItem(survey, question, 1, {0.9, 0.1});
    addItem(survey, question, 2, {0.1, 0.9});
  }
  const NeighborChoice choice = chooseNeighbors(survey, Survey{}, 4);
  EXPECT_EQ(choice.neighbors, 1u);
  const double opposite = jsSimilarity(Distribution{0.9, 0.1}, Distribution{0.1, 0.9});
  EXPECT_NEAR(choice.similarity, (4.0 + 2.0 * opposite) / 6.0, 1e-12);
}

TEST(Baselines, NeighborsAreNotChosenOnTheItemsToPredict) {
  Survey known = training();
  addItem(known, 2, 0, {1.0, 0.0});  // AD's answer to q3
  const NeighborChoice with = chooseNeighbors(known, toPredict());
  const NeighborChoice without = chooseNeighbors(training(), toPredict());
  EXPECT_EQ(with.neighbors, without.neighbors);
  EXPECT_EQ(with.similarity, without.similarity);
}

TEST(Baselines, NeighborsNeedAnItemToBeChosenOn) {
  const Survey lonely = [] {
    Survey survey = makeSurvey({makeQuestion("q1", 2)}, {"a"});
    addItem(survey, 0, 0, {0.5, 0.5});
    return survey;
  }();
  EXPECT_EQ(errorOf([&] { chooseNeighbors(lonely, Survey{}); }),
            "no training item has a neighbor that could predict it; say how many neighbors to use");
}

TEST(Baselines, SayWhatTheyCannotDo) {
  Survey items = toPredict();
  items.questions[0] = makeQuestion("q3", 3);
  const char* message =
      "question q3: the training survey and the survey to predict have different options; import "
      "both with the same options in the same order";
  EXPECT_EQ(errorOf([&] { predictQuestionMean(training(), items); }), message);
  EXPECT_EQ(errorOf([&] { predictNearestPopulations(training(), items); }), message);
  EXPECT_EQ(errorOf([&] { predictNearestPopulations(training(), toPredict(), {0}); }),
            "the mean of 0 nearest populations is not a prediction; ask for 1 or more");
}

TEST(EvaluateWithBaselines, UsesExactlyTheItemsOfThePredictions) {
  Survey observed = toPredict();
  for (Item& item : observed.items) {
    item.observed = uniformDistribution(observed.questionOf(item).options.size());
  }
  const auto predictions = makePredictions(
      {makePrediction("q3", "AD", {0.5, 0.5}), makePrediction("unseen", "AD", {0.2, 0.3, 0.5})});
  const Survey trained = training();
  const ComparedEvaluation compared = evaluateWithBaselines(observed, predictions, &trained);
  EXPECT_EQ(compared.evaluation.metrics.items, 2u);
  ASSERT_EQ(compared.baselines.size(), 3u);
  const std::size_t expectedItems[] = {2, 1, 1};
  for (std::size_t i = 0; i < 3; ++i) {
    const Evaluation& evaluation = compared.baselines[i].evaluation;
    SCOPED_TRACE(evaluation.model);
    EXPECT_EQ(evaluation.metrics.items, expectedItems[i]);
    EXPECT_EQ(evaluation.skipped.size(), 2 - expectedItems[i]);
    for (const Skipped& skipped : evaluation.skipped) {
      EXPECT_EQ(skipped.question + skipped.population + skipped.reason, "unseenADno prediction");
    }
  }
}

TEST(EvaluateWithBaselines, HasOnlyUniformWithoutTraining) {
  const ComparedEvaluation compared = evaluateWithBaselines(toPredict(), Predictions{}, nullptr);
  ASSERT_EQ(compared.baselines.size(), 1u);
  EXPECT_EQ(compared.baselines[0].baseline->id, "uniform");
}

// Real survey results in the layout of the simllm files, read as far as the baselines need.
void addRecords(Survey& survey, std::map<std::string, std::size_t>& places,
                const std::filesystem::path& path) {
  for (const Json& record : parseJson(readFile(path), path.string())) {
    const std::string instruction = record.at("instruction");
    const std::size_t begin = instruction.find("someone from ") + 13;
    const std::string population =
        instruction.substr(begin, instruction.find(" answer the") - begin);
    const std::string id = record.at("id");
    std::vector<double> shares;
    for (const auto& [label, share] : record.at("options_dist").items()) shares.push_back(share);
    const auto [question, isNew] = places.emplace("q/" + id, survey.questions.size());
    if (isNew) survey.questions.push_back(makeQuestion(id, shares.size()));
    const auto [row, isNewRow] = places.emplace("p/" + population, survey.populations.size());
    if (isNewRow) survey.populations.push_back({population, population, population, {}});
    addItem(survey, question->second, row->second, normalized(std::move(shares), path.string()));
  }
}

TEST(Baselines, ReachWhatIsKnownOfThemOnTheWorldValuesSurvey) {
  CANVASS_NEEDS_SHARED_DATA();
  Survey survey;
  std::map<std::string, std::size_t> places;
  for (const char* name : {"train.json", "valid.json"}) {
    addRecords(survey, places, sharedDataFolder() / "wvs7" / name);
  }
  Survey trained = survey;
  Survey heldOut = survey;
  trained.items.clear();
  heldOut.items.clear();
  RandomStream random(1, "hold out cells");
  for (const Item& item : survey.items) {
    (random.uniform() < 0.08 ? heldOut : trained).items.push_back(item);
  }
  const ComparedEvaluation compared =
      evaluateWithBaselines(heldOut, predictUniform(trained, heldOut), &trained);
  const double expected[] = {0.730, 0.846, 0.882};
  ASSERT_EQ(compared.baselines.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    const Evaluation& evaluation = compared.baselines[i].evaluation;
    EXPECT_EQ(evaluation.metrics.items, heldOut.items.size()) << evaluation.model;
    EXPECT_NEAR(evaluation.metrics.means[metricIndex("js_similarity")].mean, expected[i], 0.01)
        << evaluation.model;
  }
  const Evaluation lowRank = evaluate(heldOut, predictLowRank(trained, heldOut).predictions);
  EXPECT_EQ(lowRank.metrics.items, heldOut.items.size());
  EXPECT_NEAR(lowRank.metrics.means[metricIndex("js_similarity")].mean, 0.895, 0.01);
}

}  // namespace
}  // namespace canvass
