#pragma once

#include <algorithm>
#include <cstdint>

namespace canvass {

constexpr int groupSize = 32;

// A group of numbers as scale * q + minimum, q from 0 to 15.
struct FourBitFit {
  float scale = 0.0F;
  float minimum = 0.0F;
};

// The nearest of 0..15 for each number.
inline void fourBitRounded(const float* numbers, FourBitFit fit, std::uint8_t* out) {
  const float inverse = fit.scale > 0.0F ? 1.0F / fit.scale : 0.0F;
  for (int i = 0; i < groupSize; ++i) {
    const float place = (numbers[i] - fit.minimum) * inverse;
    out[i] = static_cast<std::uint8_t>(std::clamp(place, 0.0F, 15.0F) + 0.5F);
  }
}

// The sums of a rounding q that the line through (q, number) with the least squared error needs.
struct FourBitSums {
  float q = 0.0F, squares = 0.0F, products = 0.0F;
};

inline FourBitSums sumsOf(const float* numbers, const std::uint8_t* rounded) {
  FourBitSums sums;
  for (int i = 0; i < groupSize; ++i) {
    const auto q = static_cast<float>(rounded[i]);
    sums.q += q;
    sums.squares += q * q;
    sums.products += q * numbers[i];
  }
  return sums;
}

inline float squaredError(const float* numbers, const std::uint8_t* rounded, FourBitFit fit) {
  float error = 0.0F;
  for (int i = 0; i < groupSize; ++i) {
    const float miss = numbers[i] - (fit.scale * static_cast<float>(rounded[i]) + fit.minimum);
    error += miss * miss;
  }
  return error;
}

// Least squares for a given rounding. Types whose minimum is subtracted have none above 0.
inline FourBitFit lineThrough(const FourBitSums& sums, float total, bool belowZero) {
  const float determinant = groupSize * sums.squares - sums.q * sums.q;
  if (determinant <= 0.0F) return {};
  FourBitFit fit;
  fit.scale = (groupSize * sums.products - total * sums.q) / determinant;
  fit.minimum = (total - fit.scale * sums.q) / groupSize;
  if (belowZero && fit.minimum > 0.0F) fit = {sums.products / sums.squares, 0.0F};
  return fit;
}

// The fit of the least squared error among those that follow from rounding to a range somewhat
// narrower or wider than that of the numbers: the extreme ones are few, and may be cut.
inline FourBitFit fitGroup(const float* numbers, bool belowZero) {
  float low = numbers[0], high = numbers[0], total = 0.0F;
  for (int i = 0; i < groupSize; ++i) {
    low = std::min(low, numbers[i]);
    high = std::max(high, numbers[i]);
    total += numbers[i];
  }
  if (belowZero) low = std::min(low, 0.0F);
  FourBitFit best{(high - low) / 15.0F, low};
  std::uint8_t rounded[groupSize];
  fourBitRounded(numbers, best, rounded);
  float least = squaredError(numbers, rounded, best);
  constexpr float steps[] = {13.5F, 14.0F, 14.5F, 15.0F, 15.5F, 16.0F};
  for (const float step : steps) {
    fourBitRounded(numbers, {(high - low) / step, low}, rounded);
    const FourBitFit fit = lineThrough(sumsOf(numbers, rounded), total, belowZero);
    if (fit.scale <= 0.0F) continue;
    fourBitRounded(numbers, fit, rounded);
    const float error = squaredError(numbers, rounded, fit);
    if (error < least) least = error, best = fit;
  }
  return best;
}

}  // namespace canvass
