// Quantized blocks against the gguf package: tools/oracle/quantized_blocks.py.
#include "quantization/dequantize.h"

#include <cstring>

#include "model_files/safetensors.h"
#include "support/test_support.h"

namespace canvass {
namespace {

constexpr ElementType quantizedTypes[] = {
    ElementType::q4_0, ElementType::q4_1, ElementType::q5_0, ElementType::q5_1, ElementType::q8_0,
    ElementType::q2_k, ElementType::q3_k, ElementType::q4_k, ElementType::q5_k, ElementType::q6_k};

class Dequantized : public ::testing::TestWithParam<ElementType> {};

TEST_P(Dequantized, EqualsGgmlToTheLastBit) {
  const ElementType type = GetParam();
  const SafetensorsFile golden(*openModel(test::sourceFolder() / "tests/golden/gguf"),
                               "blocks.safetensors");
  const std::string name = elementTypeName(type);
  const StoredTensor& blocks = golden.tensors().at(name + ".blocks");
  const StoredTensor& expected = golden.tensors().at(name + ".numbers");
  EXPECT_EQ(blocks.shape[1], static_cast<std::int64_t>(blockBytes(type)));
  EXPECT_EQ(expected.shape[1], static_cast<std::int64_t>(blockElements(type)));
  std::vector<float> numbers(expected.bytes.size() / sizeof(float));
  dequantize(type, blocks.bytes, numbers);
  EXPECT_EQ(std::memcmp(numbers.data(), expected.bytes.data(), expected.bytes.size()), 0);
}

INSTANTIATE_TEST_SUITE_P(Types, Dequantized, ::testing::ValuesIn(quantizedTypes),
                         [](const auto& type) { return std::string(elementTypeName(type.param)); });

TEST(Dequantized, OtherTypesAreRefused) {
  std::vector<float> number(1);
  const std::vector<std::byte> bytes(4);
  EXPECT_THAT(test::errorOf([&] { dequantize(ElementType::float32, bytes, number); }),
              ::testing::HasSubstr("F32 is not a quantized type"));
}

TEST(ElementTypes, HoldWeightsOrNot) {
  for (const ElementType type : quantizedTypes) {
    EXPECT_TRUE(isQuantized(type) && holdsWeights(type) && !isFloatingPoint(type));
  }
  EXPECT_TRUE(holdsWeights(ElementType::bfloat16) && !isQuantized(ElementType::bfloat16));
  EXPECT_FALSE(holdsWeights(ElementType::int64));
  EXPECT_EQ(blockBytes(ElementType::float64), 8U);
  EXPECT_EQ(blockElements(ElementType::float64), 1U);
}

}  // namespace
}  // namespace canvass
