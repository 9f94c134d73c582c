#pragma once

#include "kernels/lanes.h"

namespace canvass::kernels::CANVASS_VARIANT {

// The sum over a row of term(i), given as lanes and as a single number.
template <typename Whole, typename Single>
inline float sumOver(std::int64_t size, Whole whole, Single single) {
  Lanes lanes = zeros();
  float rest = 0.0F;
  overLanes(
      size, [&](std::int64_t i) { lanes += whole(i); }, [&](std::int64_t i) { rest += single(i); });
  return sum(lanes) + rest;
}

template <typename X, typename T>
void normalizeRows(const X* x, const float* weight, float epsilon, T* out, float* inverse,
                   std::int64_t rows, std::int64_t size) {
  for (std::int64_t row = 0; row < rows; ++row, x += size, out += size) {
    const float squares = sumOver(
        size,
        [x](std::int64_t i) {
          const Lanes v = load(x + i);
          return v * v;
        },
        [x](std::int64_t i) {
          const float v = widen(x[i]);
          return v * v;
        });
    const float scale = 1.0F / __builtin_sqrtf(squares / static_cast<float>(size) + epsilon);
    inverse[row] = scale;
    overLanes(
        size, [=](std::int64_t i) { store(out + i, load(x + i) * scale * load(weight + i)); },
        [=](std::int64_t i) { narrow(widen(x[i]) * scale * weight[i], out + i); });
  }
}

// y = x s w with s = (mean(x^2) + epsilon)^-1/2, so dx = s (dy w - x s^2 mean(dy w x)).
template <typename X, typename T>
void normalizeRowsBackward(const T* gradient, const X* x, const float* weight, const float* inverse,
                           X* xGradient, std::int64_t rows, std::int64_t size) {
  for (std::int64_t row = 0; row < rows; ++row, gradient += size, x += size, xGradient += size) {
    const float scale = inverse[row];
    const float product = sumOver(
        size, [=](std::int64_t i) { return load(gradient + i) * load(weight + i) * load(x + i); },
        [=](std::int64_t i) { return widen(gradient[i]) * weight[i] * widen(x[i]); });
    const float pull = product * scale * scale / static_cast<float>(size);
    overLanes(
        size,
        [=](std::int64_t i) {
          store(xGradient + i,
                (load(gradient + i) * load(weight + i) - load(x + i) * pull) * scale);
        },
        [=](std::int64_t i) {
          narrow((widen(gradient[i]) * weight[i] - widen(x[i]) * pull) * scale, xGradient + i);
        });
  }
}

inline Lanes sigmoid(Lanes x) { return 1.0F / (1.0F + exponential(-x)); }
inline float sigmoid(float x) { return sigmoid(fill(x))[0]; }

// Both activations are x sigmoid(z(x)), for lanes and for single numbers; `slope` is dz/dx.
struct Silu {
  template <typename X>
  static X argument(X x) {
    return x;
  }
  template <typename X>
  static float slope(X) {
    return 1.0F;
  }
};

// gelu in its approximation by tanh (arXiv 1606.08415): x/2 (1 + tanh u), u = a (x + b x^3) with
// a = sqrt(2/pi). Since (1 + tanh u) / 2 = sigmoid(2u), nothing is lost far below 0, where tanh u
// is nearly -1.
struct TanhGelu {
  static constexpr float twiceA = 1.59576912160573F;
  static constexpr float cubic = twiceA * 0.044715F;
  template <typename X>
  static X argument(X x) {
    return x * (x * x * cubic + twiceA);
  }
  template <typename X>
  static X slope(X x) {
    return x * x * (3.0F * cubic) + twiceA;
  }
};

template <typename Activation, typename T>
void gateRows(const T* gate, const T* up, T* out, std::int64_t count) {
  overLanes(
      count,
      [=](std::int64_t i) {
        const Lanes g = load(gate + i);
        store(out + i, g * sigmoid(Activation::argument(g)) * load(up + i));
      },
      [=](std::int64_t i) {
        const float g = widen(gate[i]);
        narrow(g * sigmoid(Activation::argument(g)) * widen(up[i]), out + i);
      });
}

// d (g s) / dg = s + g s (1 - s) slope, s = sigmoid(argument of g).
template <typename Activation, typename T>
void gateRowsBackward(const T* gradient, const T* gate, const T* up, T* gateGradient, T* upGradient,
                      std::int64_t count) {
  overLanes(
      count,
      [=](std::int64_t i) {
        const Lanes g = load(gate + i);
        const Lanes s = sigmoid(Activation::argument(g));
        const Lanes d = load(gradient + i);
        const Lanes change = s + g * s * (1.0F - s) * Activation::slope(g);
        store(gateGradient + i, d * load(up + i) * change);
        store(upGradient + i, d * g * s);
      },
      [=](std::int64_t i) {
        const float g = widen(gate[i]);
        const float s = sigmoid(Activation::argument(g));
        const float d = widen(gradient[i]);
        const float change = s + g * s * (1.0F - s) * Activation::slope(g);
        narrow(d * widen(up[i]) * change, gateGradient + i);
        narrow(d * g * s, upGradient + i);
      });
}

// A hash of 32 bits in which every bit of the result depends on every bit of the argument
// (constants found by C. Wellons' search for low bias).
inline WordLanes hashed(WordLanes x) {
  x = (x ^ (x >> 16)) * 0x7FEB352Du;
  x = (x ^ (x >> 15)) * 0x846CA68Bu;
  return x ^ (x >> 16);
}

inline WordLanes randomWords(std::uint64_t seed, std::int64_t first) {
  const auto low = static_cast<std::uint32_t>(seed);
  const auto high = static_cast<std::uint32_t>(seed >> 32);
  WordLanes place;
  for (std::int64_t i = 0; i < laneCount; ++i) place[i] = static_cast<std::uint32_t>(first + i);
  return hashed(hashed(place + low) ^ high);
}

template <typename T>
void dropoutRows(const T* x, T* out, std::uint64_t seed, float keep, std::int64_t first,
                 std::int64_t count) {
  const auto limit = static_cast<std::uint32_t>(static_cast<double>(keep) * 4294967295.0);
  const float scale = 1.0F / keep;
  overLanes(
      count,
      [=](std::int64_t i) {
        const WordLanes words = randomWords(seed, first + i);
        store(out + i, words < limit ? load(x + i) * scale : zeros());
      },
      [=](std::int64_t i) {
        const bool kept = randomWords(seed, first + i)[0] < limit;
        narrow(kept ? widen(x[i]) * scale : 0.0F, out + i);
      });
}

template <typename T>
void addRows(const float* stream, const T* delta, float* out, std::int64_t count) {
  overLanes(
      count, [=](std::int64_t i) { store(out + i, load(stream + i) + load(delta + i)); },
      [=](std::int64_t i) { out[i] = stream[i] + widen(delta[i]); });
}

template <typename T>
void capRows(const T* x, float cap, float* out, std::int64_t count) {
  overLanes(
      count, [=](std::int64_t i) { store(out + i, hyperbolicTangent(load(x + i) / cap) * cap); },
      [=](std::int64_t i) { out[i] = hyperbolicTangent(fill(widen(x[i]) / cap))[0] * cap; });
}

template <typename T>
void rotateHead(const T* x, const float* cosine, const float* sine, T* out, std::int64_t half,
                float direction) {
  const T* second = x + half;
  T* outSecond = out + half;
  overLanes(
      half,
      [=](std::int64_t i) {
        const Lanes a = load(x + i);
        const Lanes b = load(second + i);
        const Lanes c = load(cosine + i);
        const Lanes s = load(sine + i) * direction;
        store(out + i, a * c - b * s);
        store(outSecond + i, b * c + a * s);
      },
      [=](std::int64_t i) {
        const float a = widen(x[i]);
        const float b = widen(second[i]);
        const float s = sine[i] * direction;
        narrow(a * cosine[i] - b * s, out + i);
        narrow(b * cosine[i] + a * s, outSecond + i);
      });
}

template <typename T>
void rotateRows(const T* x, const float* cosine, const float* sine, T* out, std::int64_t rows,
                std::int64_t heads, std::int64_t half, float direction) {
  for (std::int64_t row = 0; row < rows; ++row) {
    for (std::int64_t head = 0; head < heads; ++head) {
      rotateHead(x, cosine, sine, out, half, direction);
      x += 2 * half;
      out += 2 * half;
    }
    cosine += half;
    sine += half;
  }
}

}  // namespace canvass::kernels::CANVASS_VARIANT
