#include "nn/linear.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include "nn/comparison.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;

constexpr std::int64_t inputs = 6;
constexpr std::int64_t outputs = 5;
constexpr std::int64_t rank = 2;

// Of all tests: their times and drops are nobody's.
ExecutionContext sharedContext;

std::vector<std::string> namesOf(const Linear& linear, bool onlyTrainable = false) {
  NamedTensors parameters;
  linear.appendParameters("m", parameters);
  std::vector<std::string> names;
  for (const auto& [name, tensor] : parameters) {
    if (!onlyTrainable || tensor.requires_grad()) names.push_back(name);
  }
  return names;
}

TEST(DenseLinear, MultipliesAndAdds) {
  const at::Tensor weight = at::randn({outputs, inputs});
  const at::Tensor rows = at::randn({4, inputs});
  for (const at::Tensor& bias : {at::Tensor(), at::randn({outputs})}) {
    at::Tensor expected = at::matmul(rows.to(at::kDouble), weight.to(at::kDouble).t());
    if (bias.defined()) expected = expected + bias.to(at::kDouble);
    EXPECT_LT(test::distance(DenseLinear(weight, bias).forward(rows, sharedContext), expected),
              1e-5);
  }
}

TEST(DenseLinear, ComputesInTheTypeOfTheRows) {
  const at::Tensor weight = at::randn({outputs, inputs});
  const at::Tensor bias = at::randn({outputs});
  const at::Tensor rows = at::randn({4, inputs});
  const at::Tensor result =
      DenseLinear(weight, bias).forward(rows.to(at::kBFloat16), sharedContext);
  EXPECT_EQ(result.scalar_type(), at::kBFloat16);
  EXPECT_LT(test::distance(result, DenseLinear(weight, bias).forward(rows, sharedContext)), 0.05);
}

TEST(DenseLinear, NamesItsParameters) {
  const at::Tensor weight = at::randn({outputs, inputs});
  EXPECT_THAT(namesOf(DenseLinear(weight, {})), ElementsAre("m.weight"));
  EXPECT_THAT(namesOf(DenseLinear(weight, at::randn({outputs}))),
              ElementsAre("m.weight", "m.bias"));
}

// Trained weights are fp32 and get fp32 gradients whatever the rows are.
TEST(DenseLinear, GradientsReachFp32WeightsFromBfloat16Rows) {
  const at::Tensor weight = test::leaf(at::randn({outputs, inputs}));
  const at::Tensor rows = at::randn({4, inputs});
  DenseLinear(weight, {})
      .forward(rows.to(at::kBFloat16), sharedContext)
      .to(at::kFloat)
      .sum()
      .backward();
  EXPECT_EQ(weight.grad().scalar_type(), at::kFloat);
  EXPECT_LT(test::distance(weight.grad(), rows.sum(0).expand({outputs, inputs})), 0.05);
}

// Inputs and outputs: less than a line of the cache, whole lines, more, and the width that packing
// spreads most.
constexpr std::pair<std::int64_t, std::int64_t> frozenSizes[] = {
    {6, 5}, {1, 1}, {16, 16}, {33, 70}, {128, 96}, {17, 512}, {512, 31}};

// A frozen weight, packed: the same numbers, nothing to train.
TEST(FrozenLinear, MultipliesAndAdds) {
  at::manual_seed(29);
  for (const auto& [width, height] : frozenSizes) {
    const at::Tensor weight = at::randn({height, width});
    for (const at::Tensor& bias : {at::Tensor(), at::randn({height})}) {
      const auto linear = makeLinear(weight, bias);
      EXPECT_THAT(namesOf(*linear), ::testing::IsEmpty());
      for (const std::int64_t count : {1, 3, 64}) {
        const at::Tensor rows = at::randn({count, width});
        at::Tensor expected = at::matmul(rows.to(at::kDouble), weight.to(at::kDouble).t());
        if (bias.defined()) expected = expected + bias.to(at::kDouble);
        EXPECT_LT(test::distance(linear->forward(rows, sharedContext), expected), 1e-4);
      }
    }
  }
}

TEST(FrozenLinear, MultipliesBfloat16) {
  const at::Tensor weight = at::randn({outputs, inputs}).to(at::kBFloat16);
  const at::Tensor bias = at::randn({outputs}).to(at::kBFloat16);
  const at::Tensor rows = at::randn({4, inputs}).to(at::kBFloat16);
  const at::Tensor result = makeLinear(weight, bias)->forward(rows, sharedContext);
  EXPECT_EQ(result.scalar_type(), at::kBFloat16);
  const at::Tensor expected =
      at::matmul(rows.to(at::kDouble), weight.to(at::kDouble).t()) + bias.to(at::kDouble);
  EXPECT_LT(test::distance(result, expected), 0.03);
}

TEST(FrozenLinear, GradientsReachTheRows) {
  at::manual_seed(31);
  for (const auto type : {at::kFloat, at::kBFloat16}) {
    for (const auto& [width, height] : frozenSizes) {
      const at::Tensor weight = at::randn({height, width}).to(type);
      const auto linear = makeLinear(weight, {});
      for (const std::int64_t count : {1, 7, 64}) {
        const at::Tensor rows = test::leaf(at::randn({count, width}).to(type));
        const at::Tensor direction = at::randn({count, height}).to(type);
        (linear->forward(rows, sharedContext) * direction).sum().backward();
        EXPECT_EQ(rows.grad().scalar_type(), type);
        const at::Tensor expected = at::matmul(direction.to(at::kDouble), weight.to(at::kDouble));
        EXPECT_LT(test::distance(rows.grad(), expected), type == at::kFloat ? 1e-4 : 0.05);
      }
    }
  }
}

// The tensors that it was made of may go.
TEST(FrozenLinear, NeedsNothingElse) {
  const at::Tensor weight = at::randn({outputs, inputs});
  const at::Tensor bias = at::randn({outputs});
  const at::Tensor rows = test::leaf(at::randn({3, inputs}));
  const auto linear = makeLinear(weight.clone(), bias.clone());
  const at::Tensor result = linear->forward(rows, sharedContext);
  EXPECT_LT(test::distance(result, DenseLinear(weight, bias).forward(rows, sharedContext)), 1e-5);
  result.sum().backward();
  EXPECT_LT(test::distance(rows.grad(), weight.sum(0).expand_as(rows)), 1e-5);
}

// Blocks of random bytes with sensible scales: the product is that of the numbers that they stand
// for, whatever the number of panels.
TEST(FrozenLinear, MayStayQuantized) {
  at::manual_seed(31);
  for (const std::int64_t rows : {1, 40, 9000}) {
    at::Tensor blocks = at::randint(0, 256, {rows, 2 * 34}, at::kByte);
    for (const std::int64_t block : {0, 34}) {
      blocks.select(1, block).fill_(0);
      blocks.select(1, block + 1).fill_(0x28);  // 2^-5 in half precision
    }
    const QuantizedRows weight{ElementType::q8_0, blocks, 64};
    const at::Tensor numbers = weight.dequantized(0, rows);
    EXPECT_EQ(numbers[rows - 1][1].item<float>(),
              static_cast<float>(static_cast<std::int8_t>(blocks[rows - 1][3].item<int>())) / 32);
    for (const at::Tensor& bias : {at::Tensor(), at::randn({rows})}) {
      const auto linear = makeQuantizedLinear(weight, bias);
      EXPECT_EQ(linear->bytes(), blocks.nbytes());
      const at::Tensor x = test::leaf(at::randn({5, 64}));
      const at::Tensor result = linear->forward(x, sharedContext);
      const at::Tensor product = at::matmul(x.to(at::kDouble), numbers.to(at::kDouble).t());
      const at::Tensor expected = bias.defined() ? product + bias.to(at::kDouble) : product;
      EXPECT_LT(test::distance(result, expected), 1e-3);
      const at::Tensor direction = at::randn({5, rows});
      (result * direction).sum().backward();
      EXPECT_LT(
          test::distance(x.grad(), at::matmul(direction.to(at::kDouble), numbers.to(at::kDouble))),
          1e-2);
      const at::Tensor narrow = linear->forward(x.detach().to(at::kBFloat16), sharedContext);
      EXPECT_EQ(narrow.scalar_type(), at::kBFloat16);
    }
  }
}

class Adapted : public ::testing::Test {
 protected:
  void SetUp() override { at::manual_seed(17); }

  std::unique_ptr<Linear> make(double dropout, bool withBias = true) const {
    return std::make_unique<AdaptedLinear>(
        std::make_unique<DenseLinear>(weight, withBias ? bias : at::Tensor()), down, up, scale,
        dropout);
  }
  // base + scale * B A x
  at::Tensor formula(const at::Tensor& a, const at::Tensor& b) const {
    const at::Tensor x = rows.to(at::kDouble);
    return at::matmul(x, weight.to(at::kDouble).t()) + bias.to(at::kDouble) +
           at::matmul(at::matmul(x, a.t()), b.t()) * scale;
  }
  at::Tensor formula() const { return formula(down.to(at::kDouble), up.to(at::kDouble)); }

  const double scale = 1.75;
  at::Tensor weight = at::randn({outputs, inputs});
  at::Tensor bias = at::randn({outputs});
  at::Tensor down = test::leaf(at::randn({rank, inputs}));
  at::Tensor up = test::leaf(at::randn({outputs, rank}));
  at::Tensor rows = at::randn({7, inputs});
};

TEST_F(Adapted, IsTheBaseAndTheScaledProduct) {
  EXPECT_LT(test::distance(make(0.0)->forward(rows, sharedContext), formula()), 1e-5);
  const at::Tensor unbiased = make(0.0, false)->forward(rows, sharedContext);
  EXPECT_LT(test::distance(unbiased + bias, formula()), 1e-5);
}

TEST_F(Adapted, KeepsTheTypeOfTheRows) {
  const at::Tensor result = make(0.0)->forward(rows.to(at::kBFloat16), sharedContext);
  EXPECT_EQ(result.scalar_type(), at::kBFloat16);
  EXPECT_LT(test::distance(result, formula()), 0.1);
}

TEST_F(Adapted, OnlyTheAdapterIsTrained) {
  EXPECT_THAT(namesOf(*make(0.0), true), ElementsAre("m.lora_A.weight", "m.lora_B.weight"));
  make(0.0)->forward(rows, sharedContext).square().sum().backward();
  EXPECT_FALSE(weight.grad().defined());
  EXPECT_FALSE(bias.grad().defined());
  const at::Tensor a = test::doubleLeaf(down);
  const at::Tensor b = test::doubleLeaf(up);
  formula(a, b).square().sum().backward();
  EXPECT_LT(test::distance(down.grad(), a.grad()), 1e-5);
  EXPECT_LT(test::distance(up.grad(), b.grad()), 1e-5);
}

// The layers below are trained through the base and the adapter.
TEST_F(Adapted, GradientsReachTheRows) {
  const at::Tensor x = test::leaf(rows);
  make(0.0)->forward(x, sharedContext).sum().backward();
  const at::Tensor combined = weight + at::matmul(up, down) * scale;
  EXPECT_LT(test::distance(x.grad(), combined.sum(0).expand_as(rows)), 1e-5);
}

// As most adapters do, on a frozen weight.
TEST_F(Adapted, OnAPackedWeightToo) {
  const AdaptedLinear packed(makeLinear(weight, bias), down, up, scale, 0.0);
  const at::Tensor x = test::leaf(rows);
  const at::Tensor result = packed.forward(x, sharedContext);
  EXPECT_LT(test::distance(result, formula()), 1e-5);
  result.sum().backward();
  const at::Tensor combined = weight + at::matmul(up, down) * scale;
  EXPECT_LT(test::distance(x.grad(), combined.sum(0).expand_as(rows)), 1e-5);
  EXPECT_GT(up.grad().abs().max().item<double>(), 0.0);
}

// Also an adapter on an adapter adds its product.
TEST_F(Adapted, CanBeAdaptedAgain) {
  const AdaptedLinear twice(make(0.0), down, up, scale, 0.0);
  const at::Tensor once = make(0.0)->forward(rows, sharedContext);
  const at::Tensor base = DenseLinear(weight, bias).forward(rows, sharedContext);
  EXPECT_LT(test::distance(twice.forward(rows, sharedContext), once * 2.0 - base), 1e-5);
}

TEST_F(Adapted, DropoutActsOnlyWhereGradientsAreRecorded) {
  const auto linear = make(0.5);
  {
    const c10::NoGradGuard noGradients;
    EXPECT_LT(test::distance(linear->forward(rows, sharedContext), formula()), 1e-5);
  }
  EXPECT_GT(test::distance(linear->forward(rows, sharedContext), formula()), 1e-2);
}

TEST_F(Adapted, TheContextDecidesTheDrops) {
  const auto linear = make(0.5);
  const auto drawn = [&](std::uint64_t seed) {
    ExecutionContext own{.dropout = {seed, 0}};
    return linear->forward(rows, own);
  };
  EXPECT_TRUE(drawn(1).equal(drawn(1)));
  EXPECT_FALSE(drawn(1).equal(drawn(2)));
}

// Forward and backward products add to the times of the context that was handed down.
TEST_F(Adapted, ProductsAreCountedWhereTheContextSays) {
  const auto packed = makeLinear(weight, bias);
  ExecutionContext own, other;
  const at::Tensor x = test::leaf(rows);
  const at::Tensor result = packed->forward(x, own);
  const double forward = 2.0 * static_cast<double>(rows.size(0) * inputs * outputs);
  EXPECT_EQ(own.times->productOperations, forward);
  result.sum().backward();
  EXPECT_EQ(own.times->productOperations, 2.0 * forward);
  EXPECT_EQ(other.times->productOperations, 0.0);
}

TEST_F(Adapted, DropoutKeepsTheExpectation) {
  const auto linear = make(0.3);
  at::Tensor sum = at::zeros({rows.size(0), outputs}, at::kDouble);
  constexpr int draws = 20000;
  for (int i = 0; i < draws; ++i) sum += linear->forward(rows, sharedContext).detach();
  EXPECT_LT(test::distance(sum / draws, formula()), 0.1);
}

// With A and B the identity and nothing below, one sees what is dropped: whole inputs, before A.
TEST_F(Adapted, DropoutDropsInputsAndScalesTheRest) {
  const at::Tensor one = at::eye(inputs);
  auto nothing = std::make_unique<DenseLinear>(at::zeros({inputs, inputs}), at::Tensor());
  const AdaptedLinear linear(std::move(nothing), one, one, 1.0, 0.25);
  const at::Tensor x = at::ones({500, inputs});
  const at::Tensor result = linear.forward(x, sharedContext);
  const at::Tensor dropped = result == 0.0;
  const at::Tensor kept = (result - 1.0 / 0.75).abs() < 1e-5;
  EXPECT_TRUE(dropped.logical_or(kept).all().item<bool>());
  EXPECT_NEAR(dropped.to(at::kFloat).mean().item<double>(), 0.25, 0.04);
}

}  // namespace
}  // namespace canvass
