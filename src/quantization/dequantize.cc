#include "quantization/dequantize.h"

#include <bit>
#include <cassert>
#include <cstring>

#include "base/error.h"
#include "quantization/blocks.h"

// ggml rounds each product before it adds: this file is compiled without contraction.
namespace canvass {
namespace {

float toFloat(Half half) {
  const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000U) << 16;
  const std::uint32_t rest = static_cast<std::uint32_t>(half & 0x7FFFU) << 13;
  // Exponents of binary16 are biased by 15 instead of 127; the product also normalizes subnormals.
  std::uint32_t bits = std::bit_cast<std::uint32_t>(std::bit_cast<float>(rest) * 0x1p112F);
  if ((half & 0x7C00U) == 0x7C00U) bits |= 0x7F800000U;  // infinite, or not a number
  return std::bit_cast<float>(bits | sign);
}

void expand(const BlockQ4_0& block, float* out) {
  const float scale = toFloat(block.scale);
  for (int i = 0; i < 16; ++i) {
    out[i] = scale * static_cast<float>((block.numbers[i] & 15) - 8);
    out[i + 16] = scale * static_cast<float>((block.numbers[i] >> 4) - 8);
  }
}

void expand(const BlockQ4_1& block, float* out) {
  const float scale = toFloat(block.scale), minimum = toFloat(block.minimum);
  for (int i = 0; i < 16; ++i) {
    out[i] = scale * static_cast<float>(block.numbers[i] & 15) + minimum;
    out[i + 16] = scale * static_cast<float>(block.numbers[i] >> 4) + minimum;
  }
}

// The numbers of 5 bits of a block, unsigned.
template <typename Block>
void fiveBitNumbers(const Block& block, int* numbers) {
  std::uint32_t fifth = 0;
  std::memcpy(&fifth, block.fifthBits, sizeof(fifth));
  for (int i = 0; i < 16; ++i) {
    numbers[i] = (block.numbers[i] & 15) | static_cast<int>((fifth >> i & 1) << 4);
    numbers[i + 16] = (block.numbers[i] >> 4) | static_cast<int>((fifth >> (i + 16) & 1) << 4);
  }
}

void expand(const BlockQ5_0& block, float* out) {
  int numbers[32];
  fiveBitNumbers(block, numbers);
  const float scale = toFloat(block.scale);
  for (int i = 0; i < 32; ++i) out[i] = scale * static_cast<float>(numbers[i] - 16);
}

void expand(const BlockQ5_1& block, float* out) {
  int numbers[32];
  fiveBitNumbers(block, numbers);
  const float scale = toFloat(block.scale), minimum = toFloat(block.minimum);
  for (int i = 0; i < 32; ++i) out[i] = scale * static_cast<float>(numbers[i]) + minimum;
}

void expand(const BlockQ8_0& block, float* out) {
  const float scale = toFloat(block.scale);
  for (int i = 0; i < 32; ++i) out[i] = static_cast<float>(block.numbers[i]) * scale;
}

// Two bits of each of 32 bytes are 32 numbers, for each of the four positions in a byte, for each
// half of the block: number i of group g of 32.
int twoBits(const std::uint8_t* bytes, int group, int i) {
  return bytes[group / 4 * 32 + i] >> (group % 4 * 2) & 3;
}

void expand(const BlockQ2_K& block, float* out) {
  const float scale = toFloat(block.scale), minimum = toFloat(block.minimum);
  for (int part = 0; part < 16; ++part) {
    const float factor = scale * static_cast<float>(block.scales[part] & 15);
    const float offset = minimum * static_cast<float>(block.scales[part] >> 4);
    for (int i = 0; i < 16; ++i) {
      const int number = twoBits(block.numbers, part / 2, part % 2 * 16 + i);
      out[part * 16 + i] = factor * static_cast<float>(number) - offset;
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
  for (int part = 0; part < 16; ++part) {
    const float factor = scale * static_cast<float>(sixBitScale(block.scales, part));
    for (int i = 0; i < 16; ++i) {
      const int within = part % 2 * 16 + i;
      const int third = block.thirdBits[within] >> (part / 2) & 1;
      const int number = twoBits(block.numbers, part / 2, within) - (third != 0 ? 0 : 4);
      out[part * 16 + i] = factor * static_cast<float>(number);
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
    const ScaleAndMinimum own = sixBitPair(block.scales, group);
    const float factor = scale * static_cast<float>(own.scale);
    const float offset = minimum * static_cast<float>(own.minimum);
    for (int i = 0; i < 32; ++i) {
      const int number = block.numbers[group / 2 * 32 + i] >> (group % 2 * 4) & 15;
      out[group * 32 + i] = factor * static_cast<float>(number) - offset;
    }
  }
}

void expand(const BlockQ5_K& block, float* out) {
  const float scale = toFloat(block.scale), minimum = toFloat(block.minimum);
  for (int group = 0; group < 8; ++group) {
    const ScaleAndMinimum own = sixBitPair(block.scales, group);
    const float factor = scale * static_cast<float>(own.scale);
    const float offset = minimum * static_cast<float>(own.minimum);
    for (int i = 0; i < 32; ++i) {
      const int low = block.numbers[group / 2 * 32 + i] >> (group % 2 * 4) & 15;
      const int number = low | (block.fifthBits[i] >> group & 1) << 4;
      out[group * 32 + i] = factor * static_cast<float>(number) - offset;
    }
  }
}

void expand(const BlockQ6_K& block, float* out) {
  const float scale = toFloat(block.scale);
  for (int part = 0; part < 16; ++part) {
    const float factor = scale * static_cast<float>(block.scales[part]);
    const int group = part / 2;
    const std::uint8_t* lower = block.numbers + group / 4 * 64 + group % 2 * 32;
    for (int i = 0; i < 16; ++i) {
      const int within = part % 2 * 16 + i;
      const int low = lower[within] >> (group % 4 / 2 * 4) & 15;
      const int number = (low | twoBits(block.upperBits, group, within) << 4) - 32;
      out[part * 16 + i] = factor * static_cast<float>(number);
    }
  }
}

template <typename Block>
void expandAll(std::span<const std::byte> blocks, std::span<float> numbers) {
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
