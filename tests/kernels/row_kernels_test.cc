// Every variant of the kernels against the formulas in double precision.
#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels/variants.h"

namespace canvass {
namespace {

using kernels::Bfloat16;
using kernels::Kernels;
using test::randomNumbers;
using test::toBfloat16;
using test::toFloat;

class RowKernels : public ::testing::TestWithParam<const Kernels*> {
 protected:
  const Kernels& kernels = *GetParam();
};

INSTANTIATE_TEST_SUITE_P(Variants, RowKernels, test::allVariants(), test::variantName);

// Sizes with and without a rest after whole vectors.
constexpr std::int64_t sizes[] = {1, 12, 16, 33, 96};

TEST_P(RowKernels, NormalizeAndItsGradient) {
  for (const std::int64_t size : sizes) {
    const std::int64_t rows = 3;
    const auto x = randomNumbers(rows * size, 1);
    const auto weight = randomNumbers(size, 2);
    const auto above = randomNumbers(rows * size, 3);
    std::vector<float> out(x.size()), inverse(rows), gradient(x.size());
    kernels.float32.normalize(x.data(), weight.data(), 0.01F, out.data(), inverse.data(), rows,
                              size);
    kernels.float32.normalizeBackward(above.data(), x.data(), weight.data(), inverse.data(),
                                      gradient.data(), rows, size);
    for (std::int64_t row = 0; row < rows; ++row) {
      const float* from = x.data() + row * size;
      double squares = 0.0;
      double product = 0.0;
      for (std::int64_t i = 0; i < size; ++i) {
        squares += double(from[i]) * from[i];
        product += double(above[row * size + i]) * weight[i] * from[i];
      }
      const double scale = 1.0 / std::sqrt(squares / double(size) + 0.01);
      for (std::int64_t i = 0; i < size; ++i) {
        EXPECT_NEAR(out[row * size + i], from[i] * scale * weight[i], 1e-5);
        EXPECT_NEAR(gradient[row * size + i],
                    scale * (above[row * size + i] * weight[i] -
                             from[i] * scale * scale * product / double(size)),
                    1e-5);
      }
    }
  }
}

// An activation and its derivative.
struct Activation {
  const kernels::GateKernels<float> kernels::ElementKernels<float>::*gate;
  double (*value)(double);
  double (*slope)(double);
};

double sigmoid(double x) { return 1.0 / (1.0 + std::exp(-x)); }
double silu(double x) { return x * sigmoid(x); }
double siluSlope(double x) { return sigmoid(x) * (1.0 + x * (1.0 - sigmoid(x))); }

const double root = std::sqrt(2.0 / std::acos(-1.0));
double geluTangent(double x) { return std::tanh(root * (x + 0.044715 * x * x * x)); }
double gelu(double x) { return 0.5 * x * (1.0 + geluTangent(x)); }
double geluSlope(double x) {
  const double t = geluTangent(x);
  return 0.5 * (1.0 + t) + 0.5 * x * (1.0 - t * t) * root * (1.0 + 3.0 * 0.044715 * x * x);
}

constexpr Activation activations[] = {{&kernels::ElementKernels<float>::siluGate, silu, siluSlope},
                                      {&kernels::ElementKernels<float>::geluGate, gelu, geluSlope}};

TEST_P(RowKernels, GatesAndTheirGradients) {
  for (const Activation& activation : activations) {
    const kernels::GateKernels<float>& gates = kernels.float32.*activation.gate;
    for (const std::int64_t count : sizes) {
      auto gate = randomNumbers(count, 1);
      for (float& number : gate) number *= 3.0F;
      gate[0] = -120.0F;  // where exp(120) would overflow
      const auto up = randomNumbers(count, 2);
      const auto above = randomNumbers(count, 3);
      std::vector<float> out(gate.size()), gateGradient(gate.size()), upGradient(gate.size());
      gates.forward(gate.data(), up.data(), out.data(), count);
      gates.backward(above.data(), gate.data(), up.data(), gateGradient.data(), upGradient.data(),
                     count);
      for (std::size_t i = 0; i < gate.size(); ++i) {
        EXPECT_NEAR(out[i], activation.value(gate[i]) * up[i], 1e-5);
        EXPECT_NEAR(gateGradient[i], above[i] * up[i] * activation.slope(gate[i]), 1e-5);
        EXPECT_NEAR(upGradient[i], above[i] * activation.value(gate[i]), 1e-5);
      }
    }
  }
}

// Of both signs, from where tanh(x) is x to where it is 1.
TEST_P(RowKernels, CapIsTheHyperbolicTangent) {
  std::vector<float> x = {0.0F, -0.0F, 1e30F, -1e30F};
  for (float size = 1e-30F; size < 100.0F; size *= 1.001F) {
    x.push_back(size);
    x.push_back(-size);
  }
  std::vector<float> out(x.size());
  kernels.float32.cap(x.data(), 1.0F, out.data(), static_cast<std::int64_t>(x.size()));
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double expected = std::tanh(double(x[i]));
    ASSERT_NEAR(out[i], expected, 4e-7 * std::abs(expected)) << x[i];
  }
}

TEST_P(RowKernels, CapBoundsByTheCap) {
  for (const std::int64_t count : sizes) {
    auto x = randomNumbers(count, 1);
    for (float& number : x) number *= 30.0F;
    x[0] = std::numeric_limits<float>::infinity();
    const auto bits = toBfloat16(x);
    std::vector<float> out(x.size()), ofBits(x.size());
    kernels.float32.cap(x.data(), 30.0F, out.data(), count);
    kernels.bfloat16.cap(bits.data(), 30.0F, ofBits.data(), count);
    for (std::size_t i = 0; i < x.size(); ++i) {
      EXPECT_NEAR(out[i], 30.0 * std::tanh(double(x[i]) / 30.0), 1e-5);
      EXPECT_NEAR(ofBits[i], 30.0 * std::tanh(double(toFloat(bits[i])) / 30.0), 1e-5);
    }
  }
}

// A model that computes nonsense is not to look like one that does not.
TEST_P(RowKernels, CapKeepsWhatIsNotANumber) {
  const std::vector<float> x(20, std::numeric_limits<float>::quiet_NaN());
  std::vector<float> out(x.size());
  kernels.float32.cap(x.data(), 30.0F, out.data(), 20);
  for (const float number : out) EXPECT_TRUE(std::isnan(number));
}

TEST_P(RowKernels, RotateTurnsAndTurnsBack) {
  const std::int64_t rows = 3, heads = 2, half = 18;
  const auto x = randomNumbers(rows * heads * 2 * half, 1);
  std::vector<float> cosine(rows * half), sine(rows * half);
  for (std::size_t i = 0; i < cosine.size(); ++i) {
    cosine[i] = std::cos(0.1F * float(i));
    sine[i] = std::sin(0.1F * float(i));
  }
  std::vector<float> out(x.size()), back(x.size());
  kernels.float32.rotate(x.data(), cosine.data(), sine.data(), out.data(), rows, heads, half, 1);
  kernels.float32.rotate(out.data(), cosine.data(), sine.data(), back.data(), rows, heads, half,
                         -1);
  for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(back[i], x[i], 1e-5);
  // Row 1, head 1, pair 5.
  const std::size_t first = (1 * heads + 1) * 2 * half + 5;
  const std::size_t angle = 1 * half + 5;
  EXPECT_NEAR(out[first], x[first] * cosine[angle] - x[first + half] * sine[angle], 1e-5);
  EXPECT_NEAR(out[first + half], x[first + half] * cosine[angle] + x[first] * sine[angle], 1e-5);
}

TEST_P(RowKernels, Bfloat16RoundsToNearestEven) {
  const std::vector<float> zeros(5, 0.0F);
  const std::vector<float> values = {1.0F, 1.00390625F, 1.01171875F, -2.5F, 3.1415927F};
  const std::vector<float> expected = {1.0F, 1.0F, 1.015625F, -2.5F, 3.140625F};
  for (const std::size_t repeat : {1, 4}) {  // with and without whole vectors
    std::vector<float> gate, up;
    for (std::size_t i = 0; i < repeat; ++i) up.insert(up.end(), values.begin(), values.end());
    // With so large a gate, gate * sigmoid(gate) is the gate, and 1 * up is up, rounded.
    const std::vector<float> ones(up.size(), 1.0F);
    std::vector<float> inverse(up.size());
    std::vector<Bfloat16> rounded(up.size());
    kernels.bfloat16.normalizeWide(ones.data(), up.data(), 0.0F, rounded.data(), inverse.data(), 1,
                                   static_cast<std::int64_t>(up.size()));
    for (std::size_t i = 0; i < up.size(); ++i) {
      EXPECT_EQ(toFloat(rounded[i]), expected[i % expected.size()]);
    }
  }
}

TEST_P(RowKernels, DropoutDependsOnSeedAndPlaceOnly) {
  const std::vector<float> ones(10000, 1.0F);
  std::vector<float> whole(ones.size()), parts(ones.size()), other(ones.size());
  const auto count = static_cast<std::int64_t>(ones.size());
  kernels.float32.dropout(ones.data(), whole.data(), 7, 0.8F, 0, count);
  kernels.float32.dropout(ones.data(), other.data(), 8, 0.8F, 0, count);
  for (std::int64_t first = 0; first < count; first += 33) {
    kernels.float32.dropout(ones.data() + first, parts.data() + first, 7, 0.8F, first,
                            std::min<std::int64_t>(33, count - first));
  }
  EXPECT_EQ(parts, whole);
  EXPECT_NE(other, whole);
  const auto kept = std::count(whole.begin(), whole.end(), 1.25F);
  EXPECT_EQ(kept + std::count(whole.begin(), whole.end(), 0.0F), count);
  EXPECT_NEAR(static_cast<double>(kept) / 10000.0, 0.8, 0.02);  // 5 standard deviations
}

TEST_P(RowKernels, AddWidensTheDelta) {
  const auto stream = randomNumbers(35, 1);
  const auto delta = toBfloat16(randomNumbers(35, 2));
  std::vector<float> out(stream.size());
  kernels.bfloat16.add(stream.data(), delta.data(), out.data(), 35);
  for (std::size_t i = 0; i < out.size(); ++i) EXPECT_EQ(out[i], stream[i] + toFloat(delta[i]));
}

}  // namespace
}  // namespace canvass
