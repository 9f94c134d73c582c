#include <ATen/ATen.h>
#include <torch/csrc/api/include/torch/optim/adamw.h>

#include <map>
#include <numeric>

#include "engine/training/batches.h"
#include "engine/training/loss.h"
#include "engine/training/optimizer.h"
#include "stats/metrics.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;

TEST(Batches, EveryItemOnceInRunsOfItsGroup) {
  std::vector<std::size_t> groups;
  for (std::size_t i = 0; i < 60; ++i) groups.push_back(i % 5);
  RandomStream random(1, "batches");
  std::vector<int> seen(groups.size(), 0);
  std::vector<std::size_t> order;
  for (const auto& batch : drawBatches(groups, 16, 4, random)) {
    EXPECT_LE(batch.size(), 16U);
    for (const std::size_t item : batch) ++seen[item], order.push_back(item);
  }
  EXPECT_EQ(seen, std::vector<int>(groups.size(), 1));
  for (std::size_t i = 0; i < order.size(); i += 4) {  // 12 items a group: runs are all whole
    for (std::size_t j = 1; j < 4; ++j) EXPECT_EQ(groups[order[i]], groups[order[i + j]]);
  }
}

TEST(Batches, EpochsDiffer) {
  const std::vector<std::size_t> groups(40, 0);
  RandomStream random(1, "batches");
  EXPECT_NE(drawBatches(groups, 8, 2, random), drawBatches(groups, 8, 2, random));
}

struct SchedulePoint {
  Schedule schedule;
  std::size_t step;
  double factor;
};

TEST(Schedules, FactorAtSomeSteps) {
  TrainOptions options;
  options.warmUpShare = 0.1;  // 10 of 100 updates, 20 an epoch
  const std::vector<SchedulePoint> points = {
      {Schedule::constant, 0, 0.1}, {Schedule::constant, 9, 1.0}, {Schedule::constant, 99, 1.0},
      {Schedule::linear, 4, 0.5},   {Schedule::linear, 10, 1.0},  {Schedule::linear, 55, 0.5},
      {Schedule::cosine, 10, 1.0},  {Schedule::cosine, 55, 0.5},  {Schedule::cosine, 40, 0.75},
      {Schedule::step, 15, 1.0},    {Schedule::step, 25, 0.85},   {Schedule::step, 45, 0.7225},
  };
  for (const SchedulePoint& point : points) {
    options.schedule = point.schedule;
    EXPECT_NEAR(scheduleFactor(options, point.step, 100, 20), point.factor, 1e-12)
        << scheduleName(point.schedule) << " at " << point.step;
  }
}

TEST(AdamW, TakesTheStepsOfTorchsOwnToTheLastBit) {
  TrainOptions options;
  options.schedule = Schedule::constant;
  options.warmUpShare = 0.0;
  options.gradientClip = 0.0;
  options.learningRate = 0.03;
  options.weightDecay = 0.1;
  options.secondMomentDecay = 0.98;
  at::manual_seed(1);
  const at::Tensor start = at::randn({3, 4});
  std::vector<at::Tensor> ours = {start.clone().set_requires_grad(true)};
  std::vector<at::Tensor> theirs = {start.clone().set_requires_grad(true)};
  OptimizerState state;
  Optimizer optimizer(ours, options, 20, 20, state);
  torch::optim::AdamW adam(theirs, torch::optim::AdamWOptions(options.learningRate)
                                       .betas({0.9, options.secondMomentDecay})
                                       .weight_decay(options.weightDecay));
  for (int step = 0; step < 20; ++step) {
    const at::Tensor gradient = at::randn({3, 4});
    ours[0].mutable_grad() = gradient.clone();
    theirs[0].mutable_grad() = gradient.clone();
    optimizer.step();
    adam.step();
    EXPECT_TRUE(at::equal(ours[0], theirs[0])) << step;
    EXPECT_FALSE(ours[0].grad().defined());
  }
}

TEST(AdamW, LeavesATensorWithoutAGradientAsItIs) {
  const TrainOptions options;
  std::vector<at::Tensor> tensors = {at::ones({2, 2}).set_requires_grad(true),
                                     at::ones({2}).set_requires_grad(true)};
  tensors[1].mutable_grad() = at::ones({2});
  OptimizerState state;
  Optimizer(tensors, options, 1, 1, state).step();
  EXPECT_TRUE(at::equal(tensors[0], at::ones({2, 2})));
  EXPECT_FALSE(at::equal(tensors[1], at::ones({2})));
  EXPECT_EQ(state.moments[0].steps, 0U);
  EXPECT_EQ(state.moments[1].steps, 1U);
  EXPECT_THAT(test::errorOf([&] { Optimizer({tensors[0]}, options, 1, 1, state); }),
              HasSubstr("state is for 2 tensors"));
}

TEST(Schedules, NamesGoBothWays) {
  for (const auto schedule :
       {Schedule::constant, Schedule::linear, Schedule::cosine, Schedule::step}) {
    EXPECT_EQ(parseSchedule(scheduleName(schedule)), schedule);
  }
  EXPECT_THAT(test::errorOf([] { parseSchedule("sine"); }), HasSubstr("\"sine\" is not known"));
}

// What is trained on is what is measured: each loss beside the figure of src/stats.
TEST(Loss, AgreesWithTheMetrics) {
  const std::vector<double> p = {0.5, 0.0, 0.2, 0.3};
  const at::Tensor logits = at::tensor({0.3F, -1.0F, 2.0F, 0.1F, 9.0F}).view({1, 5});
  const at::Tensor shares = at::tensor({0.5F, 0.0F, 0.2F, 0.3F, 0.0F}).view({1, 5});
  const Targets targets{
      shares, at::tensor({1, 1, 1, 1, 0}).to(at::kBool).view({1, 5}), at::tensor({4.0F}), {7}};
  const at::Tensor predicted = logits.narrow(1, 0, 4).softmax(-1).to(at::kDouble).contiguous();
  const std::span<const double> q(predicted.data_ptr<double>(), 4);
  const auto lossOf = [&](LossKind kind) { return lossSum(kind, logits, targets).item<double>(); };
  const double divergence = jsDistance(p, q) * jsDistance(p, q);
  EXPECT_NEAR(lossOf(LossKind::kl), kl(p, q), 1e-6);
  EXPECT_NEAR(lossOf(LossKind::klLegacy), kl(p, q) / 4.0, 1e-6);
  EXPECT_NEAR(lossOf(LossKind::js), divergence, 1e-6);
  EXPECT_NEAR(lossOf(LossKind::emd), emd(p, q), 1e-6);
  EXPECT_NEAR(lossOf(LossKind::ce), kl(p, q) + entropy(p), 1e-6);
}

TEST(Loss, IsLeastAtTheObservedShares) {
  const at::Tensor shares = at::tensor({0.6F, 0.3F, 0.1F}).view({1, 3});
  const Targets targets{shares, at::ones({1, 3}, at::kBool), at::tensor({3.0F}), {0}};
  for (const auto kind :
       {LossKind::kl, LossKind::klLegacy, LossKind::js, LossKind::ce, LossKind::shift}) {
    at::Tensor logits = shares.log().clone().set_requires_grad(true);
    lossSum(kind, logits, targets, 2.0).backward();
    EXPECT_LT(logits.grad().abs().max().item<double>(), 1e-6) << lossName(kind);
  }
}

// Three populations of one question and one of another, which has no difference to any.
TEST(Loss, OfShiftsIsThatOfPairsOfPopulations) {
  const std::vector<std::vector<float>> p = {
      {0.7F, 0.3F}, {0.5F, 0.5F}, {0.2F, 0.8F}, {0.1F, 0.9F}};
  const std::vector<std::vector<float>> q = {
      {0.6F, 0.4F}, {0.6F, 0.4F}, {0.4F, 0.6F}, {0.3F, 0.7F}};
  const std::size_t questions[] = {4, 2, 4, 4};
  Targets targets{at::zeros({4, 2}),
                  at::ones({4, 2}, at::kBool),
                  at::full({4}, 2.0F),
                  {questions, questions + 4}};
  at::Tensor logits = at::zeros({4, 2});
  double pairs = 0.0;
  double divergence = 0.0;
  for (std::size_t a = 0; a < 4; ++a) {
    for (std::size_t k = 0; k < 2; ++k) {
      targets.shares[static_cast<std::int64_t>(a)][static_cast<std::int64_t>(k)] = p[a][k];
      logits[static_cast<std::int64_t>(a)][static_cast<std::int64_t>(k)] = std::log(q[a][k]);
      divergence += p[a][k] * std::log(p[a][k] / q[a][k]);
    }
    for (std::size_t b = 0; b < a; ++b) {
      if (questions[a] != questions[b]) continue;
      for (std::size_t k = 0; k < 2; ++k) {
        const double error = (q[a][k] - q[b][k]) - (p[a][k] - p[b][k]);
        pairs += error * error;
      }
    }
  }
  // Three pairs; each of three items has half of their mean.
  const double expected = divergence + 5.0 * 3 * (pairs / 3) / 2;
  EXPECT_NEAR(lossSum(LossKind::shift, logits, targets, 5.0).item<double>(), expected, 1e-6);
  EXPECT_NEAR(lossSum(LossKind::shift, logits, targets).item<double>(), divergence, 1e-6);
}

TEST(Loss, OfShiftsCountsFromTheMiddleOfARunOn) {
  TrainOptions options;
  options.shiftWeight = 3.0;
  const auto weights = [&](std::size_t epochs) {
    options.epochs = epochs;
    std::vector<double> all;
    for (std::size_t epoch = 1; epoch <= epochs; ++epoch) {
      all.push_back(options.shiftWeightIn(epoch));
    }
    return all;
  };
  EXPECT_EQ(weights(1), (std::vector{3.0}));
  EXPECT_EQ(weights(2), (std::vector{0.0, 3.0}));
  EXPECT_EQ(weights(5), (std::vector{0.0, 0.0, 3.0, 3.0, 3.0}));
}

TEST(Loss, NamesGoBothWays) {
  for (const auto kind : {LossKind::kl, LossKind::klLegacy, LossKind::js, LossKind::emd,
                          LossKind::ce, LossKind::shift}) {
    EXPECT_EQ(parseLoss(lossName(kind)), kind);
  }
  EXPECT_THAT(test::errorOf([] { parseLoss("mse"); }), HasSubstr("choose one of kl, kl-legacy"));
}

}  // namespace
}  // namespace canvass
