// Training runs of a small model, from its options to the weights it ends with.
#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "engine/small_world.h"
#include "engine/training/fine_tuning.h"
#include "engine/training/first_token_training.h"
#include "model/decoder.h"

namespace canvass {
namespace {

using test::meanDivergence;
using test::Weights;
using test::weightsOf;
using ::testing::AllOf;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::SizeIs;

// Every distribution the other way round: what helps on the one hurts on the other.
Survey reversed(Survey survey) {
  for (Item& item : survey.items) std::reverse(item.observed->begin(), item.observed->end());
  return survey;
}

class Training : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { folder_ = new test::SmallModel(); }
  static void TearDownTestSuite() {
    delete folder_;
    folder_ = nullptr;
  }
  Training() {
    options.epochs = 8;
    options.batchSize = 5;
    options.learningRate = 1e-3;
    options.warmUpShare = 0.0;
    options.schedule = Schedule::constant;
    adapter.dropout = 0.1;
    adapter.targets = {"q_proj", "v_proj", "up_proj"};
  }

  void TearDown() override { setThreads(0); }

  static LanguageModel freshModel() { return folder_->load(true); }
  LanguageModel adaptedModel(std::uint64_t seed = 1) const {
    ModelOptions model;
    model.model = openModel(folder_->folder());
    model.precision = PrecisionChoice::float32;
    return loadForFineTuning(model, {adapter}, seed);
  }
  TrainResult run(LanguageModel& model, const Survey* valid = nullptr) const {
    Progress progress;
    return train(model, survey, valid, options, progress);
  }
  std::string trainError() const {
    return test::errorOf([&] {
      LanguageModel model = freshModel();
      run(model);
    });
  }

  TrainOptions options{.asking = findTemplate("paper")};
  AdapterConfig adapter;
  Survey survey = test::smallSurvey();

 private:
  static test::SmallModel* folder_;
};

test::SmallModel* Training::folder_ = nullptr;

TEST_F(Training, LowersTheLoss) {
  LanguageModel model = freshModel();
  const double before = meanDivergence(model, survey);
  const TrainResult result = run(model);
  ASSERT_THAT(result.history, SizeIs(8));
  EXPECT_LT(result.history.back().trainLoss, 0.5 * result.history.front().trainLoss);
  EXPECT_LT(meanDivergence(model, survey), 0.5 * before);
  EXPECT_EQ(result.bestEpoch, 8U);
  EXPECT_EQ(result.trainedItems, survey.items.size());
  EXPECT_FALSE(result.stoppedEarly || result.interrupted);
  for (std::size_t i = 0; i < result.history.size(); ++i) {
    EXPECT_EQ(result.history[i].epoch, i + 1);
    EXPECT_EQ(result.history[i].updates, 4 * (i + 1));  // 20 items by 5
    EXPECT_EQ(result.history[i].learningRate, 1e-3);
    EXPECT_FALSE(result.history[i].validLoss || result.history[i].validSimilarity);
  }
}

TEST_F(Training, EveryLossIsLowered) {
  survey.questions.back().scale = Scale::ordinal;
  options.epochs = 24;
  for (const auto loss : {LossKind::kl, LossKind::klLegacy, LossKind::js, LossKind::emd,
                          LossKind::ce, LossKind::shift}) {
    options.loss = loss;
    LanguageModel model = freshModel();
    const TrainResult result = run(model, &survey);
    const EpochRecord& first = result.history.front();
    const EpochRecord& last = result.history.back();
    // Of shifts the first epochs count less.
    if (loss != LossKind::shift) {
      EXPECT_LT(last.trainLoss, 0.9 * first.trainLoss) << lossName(loss);
    }
    EXPECT_LT(*last.validLoss, 0.9 * *first.validLoss) << lossName(loss);
    EXPECT_GT(*last.validSimilarity, *first.validSimilarity) << lossName(loss);
  }
}

TEST_F(Training, BothTemplatesCanBeTrained) {
  options.asking = findTemplate("question-first");
  LanguageModel model = freshModel();
  const TrainResult result = run(model);
  EXPECT_LT(result.history.back().trainLoss, 0.5 * result.history.front().trainLoss);
}

TEST_F(Training, TheSameSeedGivesTheSameWeights) {
  options.epochs = 2;
  std::vector<Weights> full;
  for (const std::uint64_t seed : {1, 1, 2}) {
    options.seed = seed;
    LanguageModel model = freshModel();
    run(model);
    full.push_back(weightsOf(model));
  }
  EXPECT_EQ(test::difference(full[0], full[1]), 0.0);
  EXPECT_GT(test::difference(full[0], full[2]), 0.0);
}

// Dropout too is drawn from the seed.
TEST_F(Training, TheSameSeedGivesTheSameAdapter) {
  options.epochs = 2;
  std::vector<Weights> adapters;
  for (const std::uint64_t seed : {1, 1, 2}) {
    options.seed = seed;
    LanguageModel model = adaptedModel(7);
    run(model);
    adapters.push_back(weightsOf(model));
  }
  EXPECT_EQ(test::difference(adapters[0], adapters[1]), 0.0);
  EXPECT_GT(test::difference(adapters[0], adapters[2]), 0.0);
}

TEST_F(Training, AnAdapterLeavesTheBaseAsItWas) {
  options.learningRate = 1e-2;
  options.epochs = 12;
  LanguageModel model = adaptedModel();
  const Weights before = weightsOf(model, false);
  const double divergence = meanDivergence(model, survey);
  run(model);
  EXPECT_LT(meanDivergence(model, survey), 0.9 * divergence);
  for (const auto& [name, tensor] : weightsOf(model, false)) {
    const bool isAdapter = name.find(".lora_") != std::string::npos;
    EXPECT_EQ(tensor.equal(before.at(name)), !isAdapter) << name;
  }
}

// A batch is one update, however many forests it takes.
TEST_F(Training, TheTokenBudgetChangesNothingButMemory) {
  options.epochs = 2;
  adapter.dropout = 0.0;
  options.gradientClip = 0.5;
  std::vector<Weights> full, adapters;
  for (const std::size_t budget : {1, 200, 8192}) {
    for (const std::size_t minimum : {1, 1000}) {
      options.forest = {budget, minimum};
      LanguageModel model = freshModel();
      const TrainResult result = run(model);
      EXPECT_EQ(result.history.back().updates, 8U);
      full.push_back(weightsOf(model));
      LanguageModel adapted = adaptedModel();
      run(adapted);
      adapters.push_back(weightsOf(adapted));
      EXPECT_LT(test::difference(full.front(), full.back()), 1e-4) << budget << " " << minimum;
      EXPECT_LT(test::difference(adapters.front(), adapters.back()), 1e-4)
          << budget << " " << minimum;
    }
  }
}

// Their number changes the order of sums only, and the same number gives the same weights.
TEST_F(Training, SeveralWorkersTrainAsOneDoes) {
  options.epochs = 3;
  options.batchSize = 20;
  options.forest = {1, 1000};  // every prompt a forest of its own, enough for all workers
  adapter.dropout = 0.0;
  std::vector<Weights> full, adapters;
  for (const int threads : {1, 3, 3}) {
    setThreads(threads);
    LanguageModel model = freshModel();
    run(model);
    full.push_back(weightsOf(model));
    LanguageModel adapted = adaptedModel();
    run(adapted);
    adapters.push_back(weightsOf(adapted));
  }
  EXPECT_LT(test::difference(full[0], full[1]), 1e-4);
  EXPECT_LT(test::difference(adapters[0], adapters[1]), 1e-4);
  EXPECT_EQ(test::difference(full[1], full[2]), 0.0);
  EXPECT_EQ(test::difference(adapters[1], adapters[2]), 0.0);
}

TEST_F(Training, DropoutBelongsToAForestNotToAWorker) {
  options.epochs = 2;
  options.batchSize = 20;
  options.forest = {1, 1000};
  adapter.dropout = 0.3;
  std::vector<Weights> adapters;
  for (const int threads : {1, 2}) {
    setThreads(threads);
    LanguageModel adapted = adaptedModel();
    run(adapted);
    adapters.push_back(weightsOf(adapted));
  }
  EXPECT_LT(test::difference(adapters[0], adapters[1]), 1e-4);
}

// Dropout included: what is computed again drops what was dropped before.
TEST_F(Training, RecomputingActivationsChangesNothing) {
  setThreads(1);  // recomputing takes one worker, whose forests are not those of two
  options.epochs = 2;
  adapter.dropout = 0.2;
  std::vector<Weights> full, adapters;
  for (const bool recompute : {false, true}) {
    options.recompute = recompute;
    LanguageModel model = freshModel();
    run(model);
    full.push_back(weightsOf(model));
    LanguageModel adapted = adaptedModel();
    run(adapted);
    adapters.push_back(weightsOf(adapted));
  }
  EXPECT_LT(test::difference(full.front(), full.back()), 1e-5);
  EXPECT_LT(test::difference(adapters.front(), adapters.back()), 1e-5);
}

TEST_F(Training, ValidationIsThatOfThePredictions) {
  const Survey valid = reversed(survey);
  LanguageModel model = freshModel();
  options.epochs = 3;
  Progress progress;
  std::vector<double> recomputed;
  std::vector<bool> best;
  const TrainResult result =
      train(model, survey, &valid, options, progress, [&](const EpochRecord& record, bool isBest) {
        EXPECT_EQ(record.epoch, recomputed.size() + 1);
        recomputed.push_back(meanDivergence(model, valid));
        best.push_back(isBest);
      });
  ASSERT_THAT(recomputed, SizeIs(3));
  double least = INFINITY;
  for (std::size_t i = 0; i < recomputed.size(); ++i) {
    EXPECT_NEAR(*result.history[i].validLoss, recomputed[i], 1e-5);
    EXPECT_THAT(*result.history[i].validSimilarity, AllOf(Ge(0.0), Le(1.0)));
    EXPECT_EQ(best[i], recomputed[i] < least);
    least = std::min(least, recomputed[i]);
  }
}

TEST_F(Training, PatienceStopsAndTheBestWeightsAreKept) {
  const Survey valid = reversed(survey);
  options.epochs = 20;
  options.patience = 2;
  LanguageModel model = freshModel();
  const TrainResult result = run(model, &valid);
  EXPECT_TRUE(result.stoppedEarly);
  EXPECT_FALSE(result.interrupted);
  ASSERT_THAT(result.history, SizeIs(result.bestEpoch + options.patience));
  const double best = *result.history[result.bestEpoch - 1].validLoss;
  for (const EpochRecord& record : result.history) EXPECT_GE(*record.validLoss, best);
  EXPECT_NEAR(meanDivergence(model, valid), best, 1e-5);
}

// Where validation improves all the time, patience never runs out.
TEST_F(Training, PatienceLetsARunThatImprovesGoOn) {
  options.patience = 1;
  options.learningRate = 2e-4;
  LanguageModel model = freshModel();
  const TrainResult result = run(model, &survey);
  EXPECT_FALSE(result.stoppedEarly);
  EXPECT_EQ(result.bestEpoch, options.epochs);
}

TEST_F(Training, AStopEndsTheRunAndKeepsItsWeights) {
  const Survey valid = reversed(survey);
  for (const Survey* validation : {static_cast<const Survey*>(nullptr), &valid}) {
    LanguageModel model = freshModel();
    const Weights before = weightsOf(model);
    test::StopAfter progress(3);
    Weights atTheEnd;
    const TrainResult result =
        train(model, survey, validation, options, progress,
              [&](const EpochRecord&, bool) { atTheEnd = weightsOf(model); });
    EXPECT_TRUE(result.interrupted);
    EXPECT_FALSE(result.stoppedEarly);
    ASSERT_THAT(result.history, SizeIs(1));
    EXPECT_EQ(result.history[0].updates, 3U);
    EXPECT_EQ(result.bestEpoch, 1U);
    EXPECT_GT(test::difference(weightsOf(model), before), 0.0);
    EXPECT_EQ(test::difference(weightsOf(model), atTheEnd), 0.0);
  }
}

TEST_F(Training, ANominalQuestionHasNoEarthMoversDistance) {
  options.loss = LossKind::emd;
  const std::string message = trainError();
  EXPECT_THAT(message, HasSubstr("question colours, population Japan"));
  EXPECT_THAT(message, HasSubstr("\"emd\" needs ordered options"));
}

TEST_F(Training, AnItemWithoutObservedSharesIsNamed) {
  survey.items[6].observed.reset();
  const std::string message = trainError();
  EXPECT_THAT(message, HasSubstr("question music, population Kenya"));
  EXPECT_THAT(message, HasSubstr("no observed distribution"));
  const Survey valid = survey;
  survey = test::smallSurvey();
  LanguageModel model = freshModel();
  EXPECT_THAT(test::errorOf([&] { run(model, &valid); }), HasSubstr("no observed distribution"));
}

TEST_F(Training, NothingToTrainOnIsAnError) {
  survey.items.clear();
  EXPECT_THAT(trainError(), HasSubstr("the survey has no items"));
}

TEST_F(Training, AModelThatCannotBeTrainedIsAnError) {
  const test::SmallModel folder;
  LanguageModel model = folder.load(false);
  EXPECT_THAT(test::errorOf([&] { run(model); }), HasSubstr("no trainable tensors"));
}

TEST_F(Training, ALossThatIsNoNumberIsAnError) {
  options.learningRate = 1e30;
  options.gradientClip = 0.0;
  const std::string message = trainError();
  EXPECT_THAT(message, HasSubstr("the training loss is no longer a number"));
  EXPECT_THAT(message, HasSubstr("lower the learning rate"));
}

}  // namespace
}  // namespace canvass
