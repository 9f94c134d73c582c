#include "quantization/dequantize.h"

#include <cassert>
#include <cstring>

#include "base/error.h"
#include "quantization/blocks.h"
#include "quantization/clones.h"
#include "quantization/half.h"

// ggml rounds each product before it adds: this file is compiled without contraction.
namespace canvass {
namespace {

// Numbers are unpacked to bytes first, and then converted: two loops that the compiler turns into
// vectors, where one would take a number at a time.
template <typename Byte>
void scaled(const Byte* numbers, int count, float scale, float* out) {
  for (int i = 0; i < count; ++i) out[i] = scale * static_cast<float>(numbers[i]);
}

void scaledAbove(const std::uint8_t* numbers, int count, float scale, float minimum, float* out) {
  for (int i = 0; i < count; ++i) out[i] = scale * static_cast<float>(numbers[i]) + minimum;
}

void scaledBelow(const std::uint8_t* numbers, int count, float scale, float offset, float* out) {
  for (int i = 0; i < count; ++i) out[i] = scale * static_cast<float>(numbers[i]) - offset;
}

// Unsigned numbers, as signed ones around zero.
void lowered(const std::uint8_t* numbers, int count, int zero, std::int8_t* out) {
  for (int i = 0; i < count; ++i) out[i] = static_cast<std::int8_t>(numbers[i] - zero);
}

// The low halves of 16 bytes, and behind them the high ones.
void fourBitNumbers(const std::uint8_t* bytes, std::uint8_t* numbers) {
  for (int i = 0; i < 16; ++i) numbers[i] = bytes[i] & 15;
  for (int i = 0; i < 16; ++i) numbers[i + 16] = bytes[i] >> 4;
}

template <typename Block>
void fiveBitNumbers(const Block& block, std::uint8_t* numbers) {
  fourBitNumbers(block.numbers, numbers);
  std::uint32_t fifth = 0;
  std::memcpy(&fifth, block.fifthBits, sizeof(fifth));
  for (unsigned i = 0; i < 32; ++i) numbers[i] |= static_cast<std::uint8_t>((fifth >> i & 1U) << 4);
}

void expand(const BlockQ4_0& block, float* out) {
  std::uint8_t numbers[32];
  std::int8_t around[32];
  fourBitNumbers(block.numbers, numbers);
  lowered(numbers, 32, 8, around);
  scaled(around, 32, toFloat(block.scale), out);
}

void expand(const BlockQ4_1& block, float* out) {
  std::uint8_t numbers[32];
  fourBitNumbers(block.numbers, numbers);
  scaledAbove(numbers, 32, toFloat(block.scale), toFloat(block.minimum), out);
}

void expand(const BlockQ5_0& block, float* out) {
  std::uint8_t numbers[32];
  std::int8_t around[32];
  fiveBitNumbers(block, numbers);
  lowered(numbers, 32, 16, around);
  scaled(around, 32, toFloat(block.scale), out);
}

void expand(const BlockQ5_1& block, float* out) {
  std::uint8_t numbers[32];
  fiveBitNumbers(block, numbers);
  scaledAbove(numbers, 32, toFloat(block.scale), toFloat(block.minimum), out);
}

void expand(const BlockQ8_0& block, float* out) {
  scaled(block.numbers, 32, toFloat(block.scale), out);
}

// Two bits of each of 32 bytes are a group of 32 numbers, for each of the four positions in a byte,
// for each half of the block.
void twoBitGroup(const std::uint8_t* bytes, int group, std::uint8_t* numbers) {
  const std::uint8_t* const half = bytes + group / 4 * 32;
  const int shift = group % 4 * 2;
  for (int i = 0; i < 32; ++i) numbers[i] = half[i] >> shift & 3;
}

// The low or the high halves of 32 bytes, two groups after the other.
void fourBitGroup(const std::uint8_t* bytes, int group, std::uint8_t* numbers) {
  const std::uint8_t* const pair = bytes + group / 2 * 32;
  const int shift = group % 2 * 4;
  for (int i = 0; i < 32; ++i) numbers[i] = pair[i] >> shift & 15;
}

void expand(const BlockQ2_K& block, float* out) {
  const float scale = toFloat(block.scale), minimum = toFloat(block.minimum);
  for (int part = 0; part < 16; part += 2) {
    std::uint8_t numbers[32];
    twoBitGroup(block.numbers, part / 2, numbers);
    for (int half = 0; half < 2; ++half) {
      const int own = block.scales[part + half];
      scaledBelow(numbers + half * 16, 16, scale * static_cast<float>(own & 15),
                  minimum * static_cast<float>(own >> 4), out + (part + half) * 16);
    }
  }
}

// Of 16: four bits in the halves of the first 8 bytes, two more in the last 4.
int sixBitScale(const std::uint8_t* scales, int index) {
  const int low = index < 8 ? scales[index] & 15 : scales[index - 8] >> 4;
  const int high = scales[8 + index % 4] >> (index / 4 * 2) & 3;
  return (low | high << 4) - 32;
}

void expand(const BlockQ3_K& block, float* out) {
  const float scale = toFloat(block.scale);
  for (int group = 0; group < 8; ++group) {
    std::uint8_t numbers[32];
    std::int8_t around[32];
    twoBitGroup(block.numbers, group, numbers);
    for (int i = 0; i < 32; ++i) numbers[i] |= (block.thirdBits[i] >> group & 1) << 2;
    lowered(numbers, 32, 4, around);
    for (int half = 0; half < 2; ++half) {
      const int part = group * 2 + half;
      scaled(around + half * 16, 16, scale * static_cast<float>(sixBitScale(block.scales, part)),
             out + part * 16);
    }
  }
}

struct ScaleAndMinimum {
  int scale, minimum;
};

// Of 8: the first four in six bits of bytes of their own; of the last four, four bits in the last 4
// bytes and two in what the first ones left free.
ScaleAndMinimum sixBitPair(const std::uint8_t* scales, int index) {
  if (index < 4) return {scales[index] & 63, scales[index + 4] & 63};
  return {(scales[index + 4] & 15) | (scales[index - 4] >> 6 << 4),
          (scales[index + 4] >> 4) | (scales[index] >> 6 << 4)};
}

void expand(const BlockQ4_K& block, float* out) {
  const float scale = toFloat(block.scale), minimum = toFloat(block.minimum);
  for (int group = 0; group < 8; ++group) {
    std::uint8_t numbers[32];
    fourBitGroup(block.numbers, group, numbers);
    const ScaleAndMinimum own = sixBitPair(block.scales, group);
    scaledBelow(numbers, 32, scale * static_cast<float>(own.scale),
                minimum * static_cast<float>(own.minimum), out + group * 32);
  }
}

void expand(const BlockQ5_K& block, float* out) {
  const float scale = toFloat(block.scale), minimum = toFloat(block.minimum);
  for (int group = 0; group < 8; ++group) {
    std::uint8_t numbers[32];
    fourBitGroup(block.numbers, group, numbers);
    for (int i = 0; i < 32; ++i) numbers[i] |= (block.fifthBits[i] >> group & 1) << 4;
    const ScaleAndMinimum own = sixBitPair(block.scales, group);
    scaledBelow(numbers, 32, scale * static_cast<float>(own.scale),
                minimum * static_cast<float>(own.minimum), out + group * 32);
  }
}

void expand(const BlockQ6_K& block, float* out) {
  const float scale = toFloat(block.scale);
  for (int group = 0; group < 8; ++group) {
    std::uint8_t numbers[32], upper[32];
    std::int8_t around[32];
    // Of each 64 bytes the low halves are two groups, and then the high ones.
    const std::uint8_t* const lower = block.numbers + group / 4 * 64 + group % 2 * 32;
    const int shift = group % 4 / 2 * 4;
    twoBitGroup(block.upperBits, group, upper);
    for (int i = 0; i < 32; ++i) {
      numbers[i] = static_cast<std::uint8_t>((lower[i] >> shift & 15) | upper[i] << 4);
    }
    lowered(numbers, 32, 32, around);
    for (int half = 0; half < 2; ++half) {
      const int part = group * 2 + half;
      scaled(around + half * 16, 16, scale * static_cast<float>(block.scales[part]),
             out + part * 16);
    }
  }
}

template <typename Block>
CANVASS_CLONES void expandAll(std::span<const std::byte> blocks, std::span<float> numbers) {
  const std::size_t count = numbers.size() / Block::elements;
  assert(blocks.size() == count * sizeof(Block));
  for (std::size_t i = 0; i < count; ++i) {
    Block block;
    std::memcpy(&block, blocks.data() + i * sizeof(Block), sizeof(Block));
    expand(block, numbers.data() + i * Block::elements);
  }
}

}  // namespace

void dequantize(ElementType type, std::span<const std::byte> blocks, std::span<float> numbers) {
  switch (type) {
    case ElementType::q4_0:
      return expandAll<BlockQ4_0>(blocks, numbers);
    case ElementType::q4_1:
      return expandAll<BlockQ4_1>(blocks, numbers);
    case ElementType::q5_0:
      return expandAll<BlockQ5_0>(blocks, numbers);
    case ElementType::q5_1:
      return expandAll<BlockQ5_1>(blocks, numbers);
    case ElementType::q8_0:
      return expandAll<BlockQ8_0>(blocks, numbers);
    case ElementType::q2_k:
      return expandAll<BlockQ2_K>(blocks, numbers);
    case ElementType::q3_k:
      return expandAll<BlockQ3_K>(blocks, numbers);
    case ElementType::q4_k:
      return expandAll<BlockQ4_K>(blocks, numbers);
    case ElementType::q5_k:
      return expandAll<BlockQ5_K>(blocks, numbers);
    case ElementType::q6_k:
      return expandAll<BlockQ6_K>(blocks, numbers);
    default:
      throw Error(std::string(elementTypeName(type)) + " is not a quantized type");
  }
}

}  // namespace canvass
