#include "nn/elementwise.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include "nn/comparison.h"
#include "support/test_support.h"

namespace canvass {
namespace {

at::Tensor gatedSiluFormula(const at::Tensor& gate, const at::Tensor& up) {
  return gate / (1.0 + (-gate).exp()) * up;
}

// Sizes on both sides of what a vector register or a thread takes.
class GatedSilu : public ::testing::TestWithParam<std::vector<std::int64_t>> {
 protected:
  GatedSilu() {
    at::manual_seed(23);
    gate = at::randn(GetParam()) * 5.0;
    up = at::randn(GetParam());
  }
  at::Tensor gate, up;
};

INSTANTIATE_TEST_SUITE_P(Sizes, GatedSilu,
                         ::testing::Values(std::vector<std::int64_t>{1, 1},
                                           std::vector<std::int64_t>{3, 17},
                                           std::vector<std::int64_t>{5, 64},
                                           std::vector<std::int64_t>{201, 333}));

TEST_P(GatedSilu, EqualsTheFormula) {
  const at::Tensor expected = gatedSiluFormula(gate.to(at::kDouble), up.to(at::kDouble));
  EXPECT_LT(test::distance(gatedSilu(gate, up, ExecutionContext()), expected), 1e-5);
  const at::Tensor narrow =
      gatedSilu(gate.to(at::kBFloat16), up.to(at::kBFloat16), ExecutionContext());
  EXPECT_EQ(narrow.scalar_type(), at::kBFloat16);
  EXPECT_LT(test::distance(narrow, expected), 0.05);
}

TEST_P(GatedSilu, HasTheFormulasGradients) {
  const at::Tensor narrowGate = test::leaf(gate);
  const at::Tensor narrowUp = test::leaf(up);
  const at::Tensor wideGate = test::doubleLeaf(gate);
  const at::Tensor wideUp = test::doubleLeaf(up);
  const at::Tensor direction = at::randn(GetParam());
  (gatedSilu(narrowGate, narrowUp, ExecutionContext()) * direction).sum().backward();
  (gatedSiluFormula(wideGate, wideUp) * direction.to(at::kDouble)).sum().backward();
  EXPECT_LT(test::distance(narrowGate.grad(), wideGate.grad()), 1e-5);
  EXPECT_LT(test::distance(narrowUp.grad(), wideUp.grad()), 1e-5);
}

TEST(GatedSiluOfLargeNumbers, StaysFinite) {
  const at::Tensor result =
      gatedSilu(at::tensor({-1e4F, 1e4F, -88.0F, 0.0F}), at::ones({4}), ExecutionContext());
  EXPECT_LT(test::distance(result, at::tensor({0.0F, 1e4F, 0.0F, 0.0F})), 1e-6);
}

TEST(GatedSiluOfViews, SeesOnlyTheView) {
  const at::Tensor both = at::randn({6, 20});
  const at::Tensor gate = both.narrow(1, 0, 10);
  const at::Tensor up = both.narrow(1, 10, 10);
  EXPECT_LT(test::distance(gatedSilu(gate, up, ExecutionContext()), gatedSiluFormula(gate, up)),
            1e-5);
}

// Recorded, by torch's operations, and by kernels.
TEST(Capped, IsTheScaledTangentHoweverComputed) {
  for (const auto type : {at::kFloat, at::kBFloat16}) {
    const at::Tensor x = (at::randn({6, 70}) * 9.0).to(type);
    const at::Tensor view = x.narrow(1, 3, 61);
    const at::Tensor expected = 5.0 * (view.to(at::kDouble) / 5.0).tanh();
    const ExecutionContext torchs{.torchOperationsOnly = true};
    for (const at::Tensor& result :
         {capped(view, 5.0, ExecutionContext()), capped(view, 5.0, torchs),
          capped(test::leaf(view), 5.0, ExecutionContext())}) {
      EXPECT_EQ(result.scalar_type(), at::kFloat);
      EXPECT_LT(test::distance(result, expected), 1e-6);
    }
  }
}

TEST(Capped, HasTheFormulasGradient) {
  const at::Tensor x = test::leaf(at::randn({6, 70}) * 9.0);
  const at::Tensor wide = test::doubleLeaf(x);
  capped(x, 5.0, ExecutionContext()).square().sum().backward();
  (5.0 * (wide / 5.0).tanh()).square().sum().backward();
  EXPECT_LT(test::distance(x.grad(), wide.grad()), 1e-5);
}

TEST(AddToStream, AddsInFp32) {
  for (const auto type : {at::kFloat, at::kBFloat16}) {
    const at::Tensor stream = at::randn({30, 70});
    const at::Tensor delta = at::randn({30, 70}).to(type);
    const at::Tensor expected = stream.to(at::kDouble) + delta.to(at::kDouble);
    const c10::NoGradGuard noGradients;
    const at::Tensor sum = addToStream(stream.clone(), delta, ExecutionContext());
    EXPECT_EQ(sum.scalar_type(), at::kFloat);
    EXPECT_LT(test::distance(sum, expected), 1e-6);
  }
}

TEST(AddToStream, GradientsReachBothAndTheStreamIsKept) {
  for (const auto type : {at::kFloat, at::kBFloat16}) {
    const at::Tensor stream = test::leaf(at::randn({4, 9}));
    const at::Tensor delta = test::leaf(at::randn({4, 9}).to(type));
    const at::Tensor before = stream.detach().clone();
    const at::Tensor direction = at::randn({4, 9});
    const at::Tensor sum = addToStream(stream, delta, ExecutionContext());
    EXPECT_LT(test::distance(sum, before + delta.detach().to(at::kFloat)), 1e-6);
    (sum * direction).sum().backward();
    EXPECT_TRUE(stream.detach().equal(before));
    EXPECT_LT(test::distance(stream.grad(), direction), 1e-6);
    EXPECT_EQ(delta.grad().scalar_type(), type);
    EXPECT_LT(test::distance(delta.grad(), direction), 0.01);
  }
}

}  // namespace
}  // namespace canvass
