#include "nn/norm.h"

#include <ATen/ATen.h>

#include "nn/comparison.h"
#include "support/test_support.h"

namespace canvass {
namespace {

at::Tensor rmsNormFormula(const at::Tensor& x, const at::Tensor& weight, double epsilon) {
  return x / (x.square().mean(-1, true) + epsilon).sqrt() * weight;
}

struct NormCase {
  const char* name;
  std::vector<std::int64_t> shape;
  double size;  // of the numbers
  double epsilon;
};

class RmsNorm : public ::testing::TestWithParam<NormCase> {
 protected:
  void SetUp() override {
    at::manual_seed(3);
    x = at::randn(GetParam().shape) * GetParam().size;
    weight = at::randn({GetParam().shape.back()}) + 1.0;
  }
  at::Tensor expected() const {
    return rmsNormFormula(x.to(at::kDouble), weight.to(at::kDouble), GetParam().epsilon);
  }
  at::Tensor x, weight;
};

INSTANTIATE_TEST_SUITE_P(Inputs, RmsNorm,
                         ::testing::Values(NormCase{"rows", {7, 32}, 1.0, 1e-5},
                                           NormCase{"heads", {5, 3, 8}, 1.0, 1e-6},
                                           NormCase{"one_row", {1, 96}, 1.0, 1e-5},
                                           NormCase{"large", {4, 16}, 1e4, 1e-5},
                                           NormCase{"below_epsilon", {4, 16}, 1e-4, 1e-2},
                                           NormCase{"one_number", {3, 1}, 1.0, 1e-5}),
                         [](const auto& one) { return std::string(one.param.name); });

TEST_P(RmsNorm, EqualsTheFormula) {
  const at::Tensor result = rmsNorm(x, weight, GetParam().epsilon, at::kFloat, ExecutionContext());
  EXPECT_EQ(result.scalar_type(), at::kFloat);
  EXPECT_LT(test::distance(result, expected()), 1e-5);
}

TEST_P(RmsNorm, HasTheFormulasGradients) {
  const at::Tensor narrowX = test::leaf(x);
  const at::Tensor narrowWeight = test::leaf(weight);
  const at::Tensor wideX = test::doubleLeaf(x);
  const at::Tensor wideWeight = test::doubleLeaf(weight);
  const at::Tensor direction = at::randn(x.sizes());
  (rmsNorm(narrowX, narrowWeight, GetParam().epsilon, at::kFloat, ExecutionContext()) * direction)
      .sum()
      .backward();
  (rmsNormFormula(wideX, wideWeight, GetParam().epsilon) * direction.to(at::kDouble))
      .sum()
      .backward();
  EXPECT_LT(test::distance(narrowX.grad(), wideX.grad()), 1e-4);
  EXPECT_LT(test::distance(narrowWeight.grad(), wideWeight.grad()), 1e-4);
}

// Computed in fp32: rounding to bf16 comes once, at the end.
TEST_P(RmsNorm, ReturnsTheTypeThatIsAskedFor) {
  const at::Tensor result =
      rmsNorm(x, weight, GetParam().epsilon, at::kBFloat16, ExecutionContext());
  EXPECT_EQ(result.scalar_type(), at::kBFloat16);
  EXPECT_LT(test::distance(result, expected()), 1.0 / 256.0);
}

TEST(RmsNormOfZeros, IsZero) {
  const at::Tensor result =
      rmsNorm(at::zeros({2, 8}), at::ones({8}), 1e-6, at::kFloat, ExecutionContext());
  EXPECT_EQ(result.abs().max().item<float>(), 0.0F);
}

// A view into a larger tensor is normed as its copy is.
TEST(RmsNormOfViews, SeesOnlyTheView) {
  const at::Tensor whole = at::randn({6, 24});
  const at::Tensor weight = at::randn({8});
  for (const at::Tensor& view : {whole.narrow(1, 8, 8), whole.t().slice(0, 0, 24, 3).t()}) {
    EXPECT_LT(test::distance(rmsNorm(view, weight, 1e-5, at::kFloat, ExecutionContext()),
                             rmsNormFormula(view.to(at::kDouble), weight.to(at::kDouble), 1e-5)),
              1e-5);
  }
}

// bf16 rows, as heads of queries and keys are.
TEST(RmsNormOfBfloat16, IsComputedInFp32) {
  const at::Tensor x = (at::randn({5, 3, 16}) * 50.0).to(at::kBFloat16);
  const at::Tensor weight = at::randn({16});
  const at::Tensor result = rmsNorm(x, weight, 1e-6, at::kBFloat16, ExecutionContext());
  EXPECT_LT(test::distance(result, rmsNormFormula(x.to(at::kDouble), weight.to(at::kDouble), 1e-6)),
            1.0 / 256.0);
}

}  // namespace
}  // namespace canvass
