#include "nn/dropout.h"

#include <ATen/ATen.h>

#include <thread>

#include "nn/comparison.h"
#include "nn/recompute.h"
#include "support/test_support.h"

namespace canvass {
namespace {

class Dropout : public ::testing::TestWithParam<double> {};

INSTANTIATE_TEST_SUITE_P(Probabilities, Dropout, ::testing::Values(0.05, 0.25, 0.9));

TEST_P(Dropout, ZeroesSomeAndEnlargesTheRest) {
  const double kept = 1.0 - GetParam();
  for (const auto type : {at::kFloat, at::kBFloat16}) {
    const at::Tensor x = test::leaf(at::ones({300, 77}).to(type));
    ExecutionContext context;
    const at::Tensor result = dropout(x, GetParam(), context);
    EXPECT_EQ(result.scalar_type(), type);
    const at::Tensor zero = result == 0.0;
    const at::Tensor enlarged = (result.to(at::kFloat) * kept - 1.0).abs() < 0.01;
    EXPECT_TRUE(zero.logical_or(enlarged).all().item<bool>());
    EXPECT_NEAR(zero.to(at::kFloat).mean().item<double>(), GetParam(), 0.02);
    result.sum().backward();  // gradients take the way that the numbers took
    EXPECT_LT(test::distance(x.grad(), result), 0.01);
  }
}

TEST_P(Dropout, TheSeedDecidesAndStatesCanBeSetBack) {
  const at::Tensor x = at::ones({40, 30});
  const auto drawn = [&](DropoutState state) {
    ExecutionContext context{.dropout = state};
    return dropout(x, GetParam(), context);
  };
  ExecutionContext context{.dropout = {1, 0}};
  const at::Tensor first = dropout(x, GetParam(), context);
  const DropoutState between = context.dropout;
  const at::Tensor second = dropout(x, GetParam(), context);
  EXPECT_FALSE(first.equal(second));
  EXPECT_FALSE(first.equal(drawn({2, 0})));
  EXPECT_TRUE(first.equal(drawn({1, 0})));
  EXPECT_TRUE(second.equal(drawn(between)));
}

TEST_P(Dropout, AnotherThreadDropsTheSame) {
  const at::Tensor x = at::ones({40, 30});
  const auto drawn = [&] {
    ExecutionContext context{.dropout = {7, 3}};
    return dropout(x, GetParam(), context);
  };
  at::Tensor there;
  std::thread([&] { there = drawn(); }).join();
  EXPECT_TRUE(there.equal(drawn()));
}

TEST_P(Dropout, IsTheSameWhenAStepIsRecomputed) {
  const RecomputedStep step = [](const at::Tensor& x, ExecutionContext& within) {
    return trainingDropout(trainingDropout(x, GetParam(), within), GetParam(), within);
  };
  const at::Tensor kept = test::leaf(at::ones({40, 30}));
  const at::Tensor again = test::leaf(at::ones({40, 30}));
  ExecutionContext one{.dropout = {5, 0}}, other{.dropout = {5, 0}};
  const at::Tensor result = recomputed(again, step, other);
  EXPECT_TRUE(step(kept, one).equal(result));
  EXPECT_EQ(one.dropout.drawn, other.dropout.drawn);
  result.sum().backward();
  EXPECT_TRUE(again.grad().equal(result));
}

}  // namespace
}  // namespace canvass
