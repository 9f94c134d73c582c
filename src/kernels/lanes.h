#pragma once

#include "kernels/kernels.h"

// As many fp32 numbers side by side as one register holds: wider vectors than the processor has
// would go through memory. Included by variant.cc only, inside the namespace of a variant: no
// function here, nor any of the standard library's, may be shared between variants, or one compiled
// for new instructions could end up in the program of an old processor.
namespace canvass::kernels::CANVASS_VARIANT {

#if defined(__AVX512F__)
constexpr std::int64_t laneCount = 16;
constexpr std::int64_t registerCount = 32;
#elif defined(__AVX2__)
constexpr std::int64_t laneCount = 8;
constexpr std::int64_t registerCount = 16;
#elif defined(__ARM_NEON)
constexpr std::int64_t laneCount = 4;
constexpr std::int64_t registerCount = 32;
#else  // SSE
constexpr std::int64_t laneCount = 4;
constexpr std::int64_t registerCount = 16;
#endif
constexpr std::int64_t laneBytes = 4 * laneCount;
constexpr std::int64_t halfLaneBytes = 2 * laneCount;

typedef float Lanes __attribute__((vector_size(laneBytes)));
typedef std::int32_t IntLanes __attribute__((vector_size(laneBytes)));
typedef std::uint32_t WordLanes __attribute__((vector_size(laneBytes)));
typedef std::uint16_t HalfLanes __attribute__((vector_size(halfLaneBytes)));

// The same vectors at any address.
typedef float LooseLanes __attribute__((vector_size(laneBytes), aligned(4), may_alias));
typedef std::uint16_t LooseHalfLanes
    __attribute__((vector_size(halfLaneBytes), aligned(2), may_alias));

inline Lanes zeros() { return Lanes{}; }
inline Lanes fill(float value) { return value - Lanes{}; }

inline Lanes load(const float* from) { return *reinterpret_cast<const LooseLanes*>(from); }
inline void store(float* to, Lanes lanes) { *reinterpret_cast<LooseLanes*>(to) = lanes; }

inline Lanes load(const Bfloat16* from) {
  const HalfLanes bits = *reinterpret_cast<const LooseHalfLanes*>(from);
  return reinterpret_cast<Lanes>(__builtin_convertvector(bits, WordLanes) << 16);
}

// Rounds to the nearest, ties to even; a NaN stays one as long as its upper half is not empty.
inline void store(Bfloat16* to, Lanes lanes) {
  const WordLanes bits = reinterpret_cast<WordLanes>(lanes);
  const WordLanes rounded = (bits + 0x7FFFu + ((bits >> 16) & 1u)) >> 16;
  *reinterpret_cast<LooseHalfLanes*>(to) = __builtin_convertvector(rounded, HalfLanes);
}

inline float widen(float value) { return value; }
inline float widen(Bfloat16 value) {
  return __builtin_bit_cast(float, static_cast<std::uint32_t>(value) << 16);
}
inline void narrow(float value, float* to) { *to = value; }
inline void narrow(float value, Bfloat16* to) {
  const auto bits = __builtin_bit_cast(std::uint32_t, value);
  *to = static_cast<Bfloat16>((bits + 0x7FFFu + ((bits >> 16) & 1u)) >> 16);
}

inline float sum(Lanes lanes) {
  float total = 0.0F;
  for (std::int64_t i = 0; i < laneCount; ++i) total += lanes[i];
  return total;
}

inline Lanes greater(Lanes a, Lanes b) { return a > b ? a : b; }
inline float greatest(Lanes lanes) {
  float most = lanes[0];
  for (std::int64_t i = 1; i < laneCount; ++i) most = lanes[i] > most ? lanes[i] : most;
  return most;
}

// e^x as power (1 + excess), where power is the power of two nearest to it.
struct ExponentialParts {
  Lanes power;
  Lanes excess;
};

constexpr float leastExponent = -87.3F;

// For x from leastExponent to 88, and for others as for the nearer of these: x = n ln 2 + r, and a
// polynomial for e^r - 1 on |r| <= ln(2)/2 (Cephes' coefficients).
inline ExponentialParts exponentialParts(Lanes x) {
  const Lanes low = fill(leastExponent);
  const Lanes high = fill(88.0F);
  Lanes bounded = x < low ? low : x;
  bounded = bounded > high ? high : bounded;
  constexpr float shift = 12582912.0F;  // 1.5 * 2^23: adding it rounds to a whole number
  const Lanes whole = (bounded * 1.44269504088896341F + shift) - shift;
  const Lanes r = bounded - whole * 0.693359375F - whole * -2.12194440e-4F;
  Lanes p = fill(1.9875691500e-4F);
  p = p * r + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  const IntLanes exponent = (__builtin_convertvector(whole, IntLanes) + 127) << 23;
  return {reinterpret_cast<Lanes>(exponent), p * r * r + r};
}

// e^x to 2 units in the last place for -87 < x < 88, 0 below.
inline Lanes exponential(Lanes x) {
  const ExponentialParts parts = exponentialParts(x);
  const Lanes result = (parts.excess + 1.0F) * parts.power;
  return x < leastExponent ? zeros() : result;
}

// tanh(x) to 3 units in the last place: -e / (e + 2) with e = exp(-2 |x|) - 1, which is computed
// without subtracting numbers that are nearly the same, so that small x stay accurate.
inline Lanes hyperbolicTangent(Lanes x) {
  const Lanes size = x < 0.0F ? -x : x;
  const ExponentialParts parts = exponentialParts(size * -2.0F);
  const Lanes e = parts.excess * parts.power + (parts.power - 1.0F);
  const Lanes tangent = e / (e + 2.0F);
  return x < 0.0F ? tangent : -tangent;
}

// Runs `whole(i)` for each full set of lanes and `single(i)` for what is left over.
template <typename Whole, typename Single>
inline void overLanes(std::int64_t count, Whole whole, Single single) {
  std::int64_t i = 0;
  for (; i + laneCount <= count; i += laneCount) whole(i);
  for (; i < count; ++i) single(i);
}

}  // namespace canvass::kernels::CANVASS_VARIANT
