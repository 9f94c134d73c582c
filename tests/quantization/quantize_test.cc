// Q8_0 against the gguf package: tools/oracle/quantized_blocks.py. Of 4-bit types that package
// makes none as well, so what they lose is compared with what plain rounding between the extremes
// loses.
#include "quantization/quantize.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include "model_files/safetensors.h"
#include "quantization/dequantize.h"
#include "quantization/half.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;

std::vector<std::byte> blocksOf(ElementType type, const std::vector<float>& numbers) {
  std::vector<std::byte> blocks(numbers.size() / blockElements(type) * blockBytes(type));
  quantize(type, numbers, blocks);
  return blocks;
}

std::vector<float> throughBlocks(ElementType type, const std::vector<float>& numbers) {
  std::vector<float> result(numbers.size());
  dequantize(type, blocksOf(type, numbers), result);
  return result;
}

// The root of the mean squared difference, relative to that of the numbers.
double relativeError(const std::vector<float>& numbers, const std::vector<float>& others) {
  double error = 0.0, size = 0.0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    error += std::pow(static_cast<double>(numbers[i]) - others[i], 2);
    size += std::pow(static_cast<double>(numbers[i]), 2);
  }
  return std::sqrt(error / size);
}

// Each group of 32 to sixteen numbers from its least to its greatest.
std::vector<float> plainlyRounded(const std::vector<float>& numbers) {
  std::vector<float> result(numbers);
  for (std::size_t first = 0; first < numbers.size(); first += 32) {
    const auto [low, high] =
        std::minmax_element(numbers.begin() + first, numbers.begin() + first + 32);
    const float scale = (*high - *low) / 15.0F;
    for (std::size_t i = first; i < first + 32; ++i) {
      result[i] = scale > 0 ? std::round((numbers[i] - *low) / scale) * scale + *low : *low;
    }
  }
  return result;
}

std::vector<float> normalNumbers(float deviation, float mean = 0.0F) {
  std::mt19937 random(7);
  std::normal_distribution<float> normal(mean, deviation);
  std::vector<float> numbers(256 * 64);
  for (float& number : numbers) number = normal(random);
  return numbers;
}

TEST(Quantized, EightBitsEqualGgmlToTheLastBit) {
  const SafetensorsFile golden(*openModel(test::sourceFolder() / "tests/golden/gguf"),
                               "blocks.safetensors");
  const StoredTensor& stored = golden.tensors().at("numbers");
  const StoredTensor& expected = golden.tensors().at("Q8_0.of_numbers");
  std::vector<float> numbers(stored.bytes.size() / sizeof(float));
  std::memcpy(numbers.data(), stored.bytes.data(), stored.bytes.size());
  const auto blocks = blocksOf(ElementType::q8_0, numbers);
  ASSERT_EQ(blocks.size(), expected.bytes.size());
  EXPECT_EQ(std::memcmp(blocks.data(), expected.bytes.data(), blocks.size()), 0);
}

struct Distribution {
  const char* name;
  float deviation;
  float mean;
};

class FourBits : public ::testing::TestWithParam<Distribution> {};

TEST_P(FourBits, LoseLessThanPlainRounding) {
  const auto numbers = normalNumbers(GetParam().deviation, GetParam().mean);
  const double plain = relativeError(numbers, plainlyRounded(numbers));
  EXPECT_LT(relativeError(numbers, throughBlocks(ElementType::q4_1, numbers)), 0.97 * plain);
}

// Its groups have no scale and minimum of their own, but multiples of the block's.
TEST_P(FourBits, OfBlocksOfGroupsLoseHardlyMore) {
  const auto numbers = normalNumbers(GetParam().deviation, GetParam().mean);
  const double plain = relativeError(numbers, plainlyRounded(numbers));
  EXPECT_LT(relativeError(numbers, throughBlocks(ElementType::q4_k, numbers)), 1.03 * plain);
}

INSTANTIATE_TEST_SUITE_P(Numbers, FourBits,
                         ::testing::Values(Distribution{"usual", 0.02F, 0.0F},
                                           Distribution{"tiny", 2e-4F, 0.0F},
                                           Distribution{"below", 0.02F, -0.03F}),
                         [](const auto& numbers) { return std::string(numbers.param.name); });

class EveryType : public ::testing::TestWithParam<ElementType> {};

TEST_P(EveryType, KeepsWhatItsBlocksCanHold) {
  const std::vector<std::vector<float>> exact = {
      std::vector<float>(256, 0.0F), std::vector<float>(256, -0.5F), [] {
        std::vector<float> numbers(256);
        for (std::size_t i = 0; i < 256; ++i) numbers[i] = static_cast<float>(i % 16) - 15.0F;
        return numbers;
      }()};
  for (const auto& numbers : exact) {
    const auto result = throughBlocks(GetParam(), numbers);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      ASSERT_NEAR(result[i], numbers[i], 0.06) << i;
    }
  }
}

TEST_P(EveryType, RefusesNumbersThatAreNotFinite) {
  for (const float bad : {std::numeric_limits<float>::infinity(), std::nanf("")}) {
    std::vector<float> numbers(256, 1.0F);
    numbers[200] = bad;
    EXPECT_THAT(test::errorOf([&] { blocksOf(GetParam(), numbers); }), HasSubstr("not finite"));
  }
}

INSTANTIATE_TEST_SUITE_P(Types, EveryType,
                         ::testing::Values(ElementType::q8_0, ElementType::q4_1, ElementType::q4_k),
                         [](const auto& type) { return std::string(elementTypeName(type.param)); });

TEST(Quantized, OtherTypesAreNotMade) {
  const std::vector<float> numbers(256);
  EXPECT_THAT(test::errorOf([&] { blocksOf(ElementType::q6_k, numbers); }),
              HasSubstr("cannot be quantized to Q6_K"));
}

TEST(Quantized, TypeFitsTheRows) {
  struct Row {
    ElementType wanted;
    std::size_t columns;
    std::optional<ElementType> type;
  };
  const Row rows[] = {{ElementType::q8_0, 576, ElementType::q8_0},
                      {ElementType::q4_k, 768, ElementType::q4_k},
                      {ElementType::q4_k, 576, ElementType::q4_1},
                      {ElementType::q4_k, 48, std::nullopt},
                      {ElementType::q8_0, 48, std::nullopt}};
  for (const Row& row : rows) EXPECT_EQ(quantizedTypeFor(row.wanted, row.columns), row.type);
}

// Every binary16 number is its own nearest; between two neighbors the nearer, of both the even one.
TEST(Halves, AreTheNearest) {
  for (unsigned bits = 0; bits < 0x7C00U; ++bits) {
    const auto half = static_cast<Half>(bits);
    const float number = toFloat(half), next = toFloat(static_cast<Half>(bits + 1));
    ASSERT_EQ(toHalf(number), half);
    ASSERT_EQ(toHalf(-number), half | 0x8000U);
    if (bits + 1 == 0x7C00U) continue;
    const float middle = (number + next) / 2.0F;
    ASSERT_EQ(toHalf(middle), bits % 2 == 0 ? bits : bits + 1) << bits;
    ASSERT_EQ(toHalf(std::nextafter(middle, 0.0F)), half) << bits;
    ASSERT_EQ(toHalf(std::nextafter(middle, next)), bits + 1) << bits;
  }
  EXPECT_EQ(toHalf(65519.0F), 0x7BFFU);
  EXPECT_EQ(toHalf(65520.0F), 0x7C00U);
  EXPECT_EQ(toHalf(1e30F), 0x7C00U);
  EXPECT_EQ(toHalf(std::numeric_limits<float>::infinity()), 0x7C00U);
  EXPECT_TRUE(std::isnan(toFloat(toHalf(std::nanf("")))));
}

}  // namespace
}  // namespace canvass
