#pragma once

#include <bit>
#include <string>
#include <vector>

#include "base/random.h"
#include "kernels/kernels.h"
#include "support/test_support.h"

namespace canvass::test {

// Every variant of the kernels that this processor runs, as the parameter of a test.
inline auto allVariants() {
  const auto all = kernels::kernelVariants();
  return ::testing::ValuesIn(all.begin(), all.end());
}

inline std::string variantName(const ::testing::TestParamInfo<const kernels::Kernels*>& variant) {
  return variant.param->name;
}

inline std::vector<float> randomNumbers(std::int64_t count, std::uint64_t seed) {
  RandomStream random(seed, "test");
  std::vector<float> numbers(static_cast<std::size_t>(count));
  for (float& number : numbers) number = static_cast<float>(random.normal());
  return numbers;
}

inline float toFloat(kernels::Bfloat16 value) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(value) << 16);
}

// Cuts the lower half off.
inline std::vector<kernels::Bfloat16> toBfloat16(const std::vector<float>& numbers) {
  std::vector<kernels::Bfloat16> bits;
  for (const float number : numbers) {
    bits.push_back(static_cast<kernels::Bfloat16>(std::bit_cast<std::uint32_t>(number) >> 16));
  }
  return bits;
}

}  // namespace canvass::test
