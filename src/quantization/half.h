#pragma once

#include <bit>
#include <cstdint>

#include "quantization/blocks.h"

namespace canvass {

inline float toFloat(Half half) {
  const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000U) << 16;
  const std::uint32_t rest = static_cast<std::uint32_t>(half & 0x7FFFU) << 13;
  // Exponents of binary16 are biased by 15 instead of 127; the product also normalizes subnormals.
  std::uint32_t bits = std::bit_cast<std::uint32_t>(std::bit_cast<float>(rest) * 0x1p112F);
  if ((half & 0x7C00U) == 0x7C00U) bits |= 0x7F800000U;  // infinite, or not a number
  return std::bit_cast<float>(bits | sign);
}

// The nearest binary16 number, of two equally near ones the even; infinite from 65,520 on.
inline Half toHalf(float number) {
  const auto bits = std::bit_cast<std::uint32_t>(number);
  const auto sign = static_cast<Half>(bits >> 16 & 0x8000U);
  const std::uint32_t rest = bits & 0x7FFFFFFFU;
  if (rest > 0x7F800000U) return sign | 0x7E00U;  // not a number
  if (rest >= 0x477FF000U) return sign | 0x7C00U;
  if (rest < 0x38800000U) {  // subnormal: in units of 2^-24, the last place of numbers near 0.5
    const float moved = std::bit_cast<float>(rest) + 0.5F;
    return static_cast<Half>(sign | (std::bit_cast<std::uint32_t>(moved) - 0x3F000000U));
  }
  const std::uint32_t rounded = rest + 0xFFFU + (rest >> 13 & 1U);
  return static_cast<Half>(sign | (rounded - 0x38000000U) >> 13);
}

}  // namespace canvass
