#pragma once

#include <cstddef>
#include <cstdint>

// The blocks of ggml's quantized types as they lie in a file. A number is scale * q, or
// scale * q + minimum; q is unsigned in types with a minimum, else around zero.
namespace canvass {

using Half = std::uint16_t;  // the bits of an IEEE 754 binary16

// 32 numbers, each with one scale. Of 4-bit numbers the low halves of the bytes are the first 16.
struct BlockQ4_0 {
  static constexpr std::size_t elements = 32;
  Half scale;
  std::uint8_t numbers[16];
};

struct BlockQ4_1 {
  static constexpr std::size_t elements = 32;
  Half scale, minimum;
  std::uint8_t numbers[16];
};

struct BlockQ5_0 {
  static constexpr std::size_t elements = 32;
  Half scale;
  std::uint8_t fifthBits[4];
  std::uint8_t numbers[16];
};

struct BlockQ5_1 {
  static constexpr std::size_t elements = 32;
  Half scale, minimum;
  std::uint8_t fifthBits[4];
  std::uint8_t numbers[16];
};

struct BlockQ8_0 {
  static constexpr std::size_t elements = 32;
  Half scale;
  std::int8_t numbers[32];
};

// 256 numbers in groups of 16 or 32, whose own scales (and minima) are small integers, multiplied
// by the block's.
struct BlockQ2_K {
  static constexpr std::size_t elements = 256;
  std::uint8_t scales[16];  // low half: the scale, high half: the minimum
  std::uint8_t numbers[64];
  Half scale, minimum;
};

struct BlockQ3_K {
  static constexpr std::size_t elements = 256;
  std::uint8_t thirdBits[32];
  std::uint8_t numbers[64];
  std::uint8_t scales[12];  // 16 of 6 bits
  Half scale;
};

struct BlockQ4_K {
  static constexpr std::size_t elements = 256;
  Half scale, minimum;
  std::uint8_t scales[12];  // 8 scales and 8 minima of 6 bits
  std::uint8_t numbers[128];
};

struct BlockQ5_K {
  static constexpr std::size_t elements = 256;
  Half scale, minimum;
  std::uint8_t scales[12];  // 8 scales and 8 minima of 6 bits
  std::uint8_t fifthBits[32];
  std::uint8_t numbers[128];
};

struct BlockQ6_K {
  static constexpr std::size_t elements = 256;
  std::uint8_t numbers[128];
  std::uint8_t upperBits[64];
  std::int8_t scales[16];
  Half scale;
};

static_assert(sizeof(BlockQ4_0) == 18 && sizeof(BlockQ4_1) == 20 && sizeof(BlockQ5_0) == 22);
static_assert(sizeof(BlockQ5_1) == 24 && sizeof(BlockQ8_0) == 34 && sizeof(BlockQ2_K) == 84);
static_assert(sizeof(BlockQ3_K) == 110 && sizeof(BlockQ4_K) == 144 && sizeof(BlockQ5_K) == 176);
static_assert(sizeof(BlockQ6_K) == 210);

}  // namespace canvass
