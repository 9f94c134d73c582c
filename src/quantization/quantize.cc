#include "quantization/quantize.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>

#include "base/error.h"
#include "quantization/blocks.h"
#include "quantization/clones.h"
#include "quantization/four_bit_fit.h"
#include "quantization/half.h"

namespace canvass {
namespace {

// Halves away from zero; of magnitudes below 2^31.
float rounded(float number) {
  const float magnitude = std::abs(number);
  const auto whole = static_cast<float>(static_cast<int>(magnitude));
  const float above = magnitude - whole >= 0.5F ? 1.0F : 0.0F;
  return std::copysign(whole + above, number);
}

void reduce(const float* numbers, BlockQ8_0& block) {
  float greatest = 0.0F;
  for (int i = 0; i < 32; ++i) greatest = std::max(greatest, std::abs(numbers[i]));
  const float scale = greatest / 127.0F;
  const float inverse = scale > 0.0F ? 1.0F / scale : 0.0F;
  block.scale = toHalf(scale);
  for (int i = 0; i < 32; ++i) {
    block.numbers[i] = static_cast<std::int8_t>(rounded(numbers[i] * inverse));
  }
}

void reduce(const float* numbers, BlockQ4_1& block) {
  const FourBitFit fit = fitGroup(numbers, false);
  block.scale = toHalf(fit.scale);
  block.minimum = toHalf(fit.minimum);
  std::uint8_t four[groupSize];
  fourBitRounded(numbers, {toFloat(block.scale), toFloat(block.minimum)}, four);
  for (int i = 0; i < 16; ++i)
    block.numbers[i] = static_cast<std::uint8_t>(four[i] | four[i + 16] << 4);
}

// In six bits: the nearest of 0..63 units.
std::uint8_t sixBits(float number, float unit) {
  return unit > 0.0F ? static_cast<std::uint8_t>(std::min(63.0F, rounded(number / unit))) : 0;
}

// The inverse of how dequantize() finds scale and minimum of a group.
void packPair(std::uint8_t* scales, int group, std::uint8_t scale, std::uint8_t minimum) {
  if (group < 4) {
    scales[group] = scale;
    scales[group + 4] = minimum;
  } else {
    scales[group + 4] = static_cast<std::uint8_t>((scale & 15) | (minimum & 15) << 4);
    scales[group - 4] |= static_cast<std::uint8_t>(scale >> 4 << 6);
    scales[group] |= static_cast<std::uint8_t>(minimum >> 4 << 6);
  }
}

void reduce(const float* numbers, BlockQ4_K& block) {
  FourBitFit fits[8];
  float scale = 0.0F, depth = 0.0F;
  for (int group = 0; group < 8; ++group) {
    fits[group] = fitGroup(numbers + group * groupSize, true);
    scale = std::max(scale, fits[group].scale);
    depth = std::max(depth, -fits[group].minimum);
  }
  block = {};
  block.scale = toHalf(scale / 63.0F);
  block.minimum = toHalf(depth / 63.0F);
  const float scaleUnit = toFloat(block.scale), depthUnit = toFloat(block.minimum);
  for (int group = 0; group < 8; ++group) {
    const std::uint8_t own = sixBits(fits[group].scale, scaleUnit);
    const std::uint8_t below = sixBits(-fits[group].minimum, depthUnit);
    packPair(block.scales, group, own, below);
    std::uint8_t four[groupSize];
    fourBitRounded(numbers + group * groupSize, {scaleUnit * own, -depthUnit * below}, four);
    std::uint8_t* const bytes = block.numbers + group / 2 * groupSize;
    for (int i = 0; i < groupSize; ++i) {
      bytes[i] |= static_cast<std::uint8_t>(four[i] << (group % 2 * 4));
    }
  }
}

template <typename Block>
CANVASS_CLONES void reduceAll(std::span<const float> numbers, std::span<std::byte> blocks) {
  const std::size_t count = numbers.size() / Block::elements;
  assert(blocks.size() == count * sizeof(Block));
  for (std::size_t i = 0; i < count; ++i) {
    Block block;
    reduce(numbers.data() + i * Block::elements, block);
    std::memcpy(blocks.data() + i * sizeof(Block), &block, sizeof(Block));
  }
}

}  // namespace

std::optional<ElementType> quantizedTypeFor(ElementType wanted, std::size_t columns) {
  for (const ElementType type : {wanted, ElementType::q4_1}) {
    if (columns % blockElements(type) == 0) return type;
  }
  return {};
}

void quantize(ElementType type, std::span<const float> numbers, std::span<std::byte> blocks) {
  const bool finite =
      std::all_of(numbers.begin(), numbers.end(), [](float one) { return std::isfinite(one); });
  if (!finite) throw Error("numbers that are not finite cannot be quantized");
  switch (type) {
    case ElementType::q8_0:
      return reduceAll<BlockQ8_0>(numbers, blocks);
    case ElementType::q4_1:
      return reduceAll<BlockQ4_1>(numbers, blocks);
    case ElementType::q4_k:
      return reduceAll<BlockQ4_K>(numbers, blocks);
    default:
      throw Error(std::string("numbers cannot be quantized to ") + elementTypeName(type));
  }
}

}  // namespace canvass
