#include "nn/rotary.h"

#include <ATen/ATen.h>

#include <cmath>

#include "nn/comparison.h"
#include "support/test_support.h"

namespace canvass {
namespace {

constexpr std::int64_t headSize = 8;

std::vector<double> frequencies() {
  std::vector<double> values;
  for (int pair = 0; pair < headSize / 2; ++pair) values.push_back(std::pow(1e4, -pair / 4.0));
  return values;
}

Rotary makeRotary() { return Rotary(at::tensor(frequencies()).to(at::kFloat)); }

at::Tensor rotate(const at::Tensor& heads, const std::vector<std::int64_t>& positions) {
  return Rotary::apply(heads, makeRotary().anglesAt(at::tensor(positions)), ExecutionContext());
}

// Pair i of a head is (x[i], x[i + size/2]): turned by position * frequency[i].
at::Tensor rotaryFormula(const at::Tensor& heads, const std::vector<std::int64_t>& positions) {
  const at::Tensor wide = heads.to(at::kDouble).contiguous();
  at::Tensor turned = at::empty_like(wide);
  const auto from = wide.accessor<double, 3>();
  auto to = turned.accessor<double, 3>();
  const auto frequency = frequencies();
  for (std::int64_t row = 0; row < heads.size(0); ++row) {
    for (std::int64_t head = 0; head < heads.size(1); ++head) {
      for (std::int64_t i = 0; i < headSize / 2; ++i) {
        const double angle = static_cast<double>(positions[static_cast<std::size_t>(row)]) *
                             frequency[static_cast<std::size_t>(i)];
        const double x = from[row][head][i];
        const double y = from[row][head][i + headSize / 2];
        to[row][head][i] = x * std::cos(angle) - y * std::sin(angle);
        to[row][head][i + headSize / 2] = y * std::cos(angle) + x * std::sin(angle);
      }
    }
  }
  return turned;
}

struct RotaryCase {
  const char* name;
  std::vector<std::int64_t> positions;
  std::int64_t heads;
  double tolerance;  // an fp32 angle is off by position * 2^-24
};

class RotaryEmbedding : public ::testing::TestWithParam<RotaryCase> {
 protected:
  void SetUp() override {
    at::manual_seed(5);
    heads = at::randn(
        {static_cast<std::int64_t>(GetParam().positions.size()), GetParam().heads, headSize});
  }
  at::Tensor heads;
};

INSTANTIATE_TEST_SUITE_P(Positions, RotaryEmbedding,
                         ::testing::Values(RotaryCase{"near", {0, 1, 2, 3, 40}, 3, 1e-5},
                                           RotaryCase{"not_in_order", {5, 5, 2, 90, 0}, 1, 2e-5},
                                           RotaryCase{"far", {4000, 32000}, 2, 1e-2}),
                         [](const auto& one) { return std::string(one.param.name); });

TEST_P(RotaryEmbedding, EqualsTheFormula) {
  const at::Tensor result = rotate(heads, GetParam().positions);
  EXPECT_LT(test::distance(result, rotaryFormula(heads, GetParam().positions)),
            GetParam().tolerance);
}

TEST_P(RotaryEmbedding, KeepsLengths) {
  const at::Tensor result = rotate(heads, GetParam().positions);
  EXPECT_LT(test::distance(result.norm(2, -1), heads.norm(2, -1)), 1e-5);
}

TEST_P(RotaryEmbedding, ReturnsBfloat16ForBfloat16) {
  const at::Tensor narrow = heads.to(at::kBFloat16);
  const at::Tensor result = rotate(narrow, GetParam().positions);
  EXPECT_EQ(result.scalar_type(), at::kBFloat16);
  EXPECT_LT(test::distance(result, rotaryFormula(narrow, GetParam().positions)),
            GetParam().tolerance + 1.0 / 256.0);
}

TEST(RotaryPositions, AViewIsTurnedAsItsCopyIs) {
  const at::Tensor view = at::randn({3, 40}).narrow(1, 16, 16).view({3, 2, headSize});
  EXPECT_LT(test::distance(rotate(view, {3, 1, 2}), rotaryFormula(view, {3, 1, 2})), 1e-5);
}

TEST(RotaryPositions, PositionZeroChangesNothing) {
  const at::Tensor heads = at::randn({1, 2, headSize});
  EXPECT_TRUE(rotate(heads, {0}).equal(heads));
}

// What the embedding is for: a query and a key know only how far apart they are.
TEST(RotaryPositions, OnlyTheDistanceOfQueryAndKeyCounts) {
  const at::Tensor query = at::randn({1, 1, headSize});
  const at::Tensor key = at::randn({1, 1, headSize});
  const auto score = [&](std::int64_t queryAt, std::int64_t keyAt) {
    return (rotate(query, {queryAt}) * rotate(key, {keyAt})).sum();
  };
  EXPECT_LT(test::distance(score(9, 4), score(105, 100)), 1e-4);
  EXPECT_LT(test::distance(score(9, 9), (query * key).sum()), 1e-4);
  EXPECT_GT(test::distance(score(9, 4), score(9, 5)), 1e-3);
}

// A rotation's gradient is turned back by the same angle.
TEST(RotaryPositions, GradientIsTheRotationBack) {
  const at::Tensor heads = test::leaf(at::randn({3, 2, headSize}));
  const std::vector<std::int64_t> positions = {1, 7, 30};
  const at::Tensor direction = at::randn({3, 2, headSize});
  (rotate(heads, positions) * direction).sum().backward();
  EXPECT_LT(test::distance(heads.grad(), rotaryFormula(direction, {-1, -7, -30})), 1e-5);
}

}  // namespace
}  // namespace canvass
