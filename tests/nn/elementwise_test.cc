#include "nn/elementwise.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <cmath>
#include <tuple>

#include "nn/comparison.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using Operation = at::Tensor (*)(const at::Tensor& gate, const at::Tensor& up,
                                 const ExecutionContext& context);
using Formula = at::Tensor (*)(const at::Tensor& gate, const at::Tensor& up);

at::Tensor siluFormula(const at::Tensor& gate, const at::Tensor& up) {
  return gate / (1.0 + (-gate).exp()) * up;
}

at::Tensor geluFormula(const at::Tensor& gate, const at::Tensor& up) {
  const double root = std::sqrt(2.0 / std::acos(-1.0));
  return 0.5 * gate * (1.0 + (root * (gate + 0.044715 * gate.pow(3))).tanh()) * up;
}

struct Activation {
  const char* name;
  Operation operation;
  Formula formula;
};

constexpr Activation activations[] = {{"silu", gatedSilu, siluFormula},
                                      {"gelu", gatedGelu, geluFormula}};

// Sizes on both sides of what a vector register or a thread takes.
class Gated : public ::testing::TestWithParam<std::tuple<Activation, std::vector<std::int64_t>>> {
 protected:
  Gated() {
    at::manual_seed(23);
    gate = at::randn(size) * 5.0;
    up = at::randn(size);
  }
  const Activation activation = std::get<0>(GetParam());
  const std::vector<std::int64_t> size = std::get<1>(GetParam());
  at::Tensor gate, up;
};

INSTANTIATE_TEST_SUITE_P(Activations, Gated,
                         ::testing::Combine(::testing::ValuesIn(activations),
                                            ::testing::Values(std::vector<std::int64_t>{1, 1},
                                                              std::vector<std::int64_t>{3, 17},
                                                              std::vector<std::int64_t>{5, 64},
                                                              std::vector<std::int64_t>{201, 333})),
                         [](const auto& test) {
                           const auto& size = std::get<1>(test.param);
                           return fmt::format("{}_{}_by_{}", std::get<0>(test.param).name, size[0],
                                              size[1]);
                         });

TEST_P(Gated, EqualsTheFormula) {
  const at::Tensor expected = activation.formula(gate.to(at::kDouble), up.to(at::kDouble));
  EXPECT_LT(test::distance(activation.operation(gate, up, ExecutionContext()), expected), 1e-5);
  const at::Tensor narrow =
      activation.operation(gate.to(at::kBFloat16), up.to(at::kBFloat16), ExecutionContext());
  EXPECT_EQ(narrow.scalar_type(), at::kBFloat16);
  EXPECT_LT(test::distance(narrow, expected), 0.05);
}

TEST_P(Gated, HasTheFormulasGradients) {
  const at::Tensor narrowGate = test::leaf(gate);
  const at::Tensor narrowUp = test::leaf(up);
  const at::Tensor wideGate = test::doubleLeaf(gate);
  const at::Tensor wideUp = test::doubleLeaf(up);
  const at::Tensor direction = at::randn(size);
  (activation.operation(narrowGate, narrowUp, ExecutionContext()) * direction).sum().backward();
  (activation.formula(wideGate, wideUp) * direction.to(at::kDouble)).sum().backward();
  EXPECT_LT(test::distance(narrowGate.grad(), wideGate.grad()), 1e-5);
  EXPECT_LT(test::distance(narrowUp.grad(), wideUp.grad()), 1e-5);
}

TEST_P(Gated, IsTheSameByTorchsOperations) {
  const ExecutionContext torchs{.torchOperationsOnly = true};
  EXPECT_LT(test::distance(activation.operation(gate, up, torchs),
                           activation.operation(gate, up, ExecutionContext())),
            1e-5);
}

TEST(GatedByLargeNumbers, StaysFinite) {
  const at::Tensor large = at::tensor({-1e4F, 1e4F, -88.0F, 0.0F});
  for (const Activation& activation : activations) {
    const at::Tensor gate = test::leaf(large);
    const at::Tensor result = activation.operation(gate, at::ones({4}), ExecutionContext());
    EXPECT_LT(test::distance(result, at::tensor({0.0F, 1e4F, 0.0F, 0.0F})), 1e-6);
    result.sum().backward();
    EXPECT_LT(test::distance(gate.grad(), at::tensor({0.0F, 1.0F, 0.0F, 0.5F})), 1e-6);
  }
}

TEST(GatedViews, SeeOnlyTheView) {
  const at::Tensor both = at::randn({6, 20});
  const at::Tensor gate = both.narrow(1, 0, 10);
  const at::Tensor up = both.narrow(1, 10, 10);
  for (const Activation& activation : activations) {
    EXPECT_LT(test::distance(activation.operation(gate, up, ExecutionContext()),
                             activation.formula(gate, up)),
              1e-5);
  }
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
