#pragma once

#include <cstdint>
#include <vector>

namespace canvass {

// More than any model has: something is allocated for each before the weights show how many there
// are.
inline constexpr std::int64_t maxLayers = 10'000;

enum class RopeScalingKind { none, linear, llama3, yarn, divided };

// How rotary frequencies are stretched for longer contexts.
struct RopeScaling {
  RopeScalingKind kind = RopeScalingKind::none;
  double factor = 1.0;
  double originalMaxPositions = 0.0;  // llama3, yarn
  // llama3: wavelengths shorter than original/highFrequencyFactor stay, longer than
  // original/lowFrequencyFactor are divided by factor, those between are blended.
  double lowFrequencyFactor = 1.0;
  double highFrequencyFactor = 1.0;
  // yarn (arXiv 2309.00071): pairs that turn more than betaFast times within the original context
  // stay, those that turn less than betaSlow times are divided by factor, those between are
  // blended; the limits are whole pairs if `roundsLimits`.
  double betaFast = 32.0;
  double betaSlow = 1.0;
  bool roundsLimits = true;
  // divided: by what each pair's frequency is divided (arXiv 2402.13753).
  std::vector<double> divisors = {};
  double amplitude = 1.0;  // of cosines and sines

  bool operator==(const RopeScaling&) const = default;
};

// One table of rotary positions; layers may have different ones.
struct RotaryConfig {
  std::int64_t size = 0;  // elements at the beginning of a head that are rotated, in pairs; 0: none
  double theta = 0.0;
  RopeScaling scaling;

  bool operator==(const RotaryConfig&) const = default;
};

enum class NormKind {
  rms,    // by the root mean square (arXiv 1910.07467), with a weight
  layer,  // by mean and variance (arXiv 1607.06450), with weight and bias
};

struct NormConfig {
  NormKind kind = NormKind::rms;
  double epsilon = 0.0;
  bool aroundZero = false;  // 1 is added to the weights, as Gemma stores them

  bool operator==(const NormConfig&) const = default;
};

// Whether attention and MLP read normed rows, or what they add is normed, or both.
enum class NormPlacement { before, after, beforeAndAfter };

// What of queries and keys is normed together.
enum class QueryKeyNorm {
  none,
  eachHead,  // Qwen 3, Gemma 3
  allHeads,  // OLMo 2
};

// The activation of an MLP's gate: down(activation(gate(x)) * up(x)).
enum class Activation {
  silu,
  gelu,  // in its approximation by tanh (arXiv 1606.08415)
};

// Everything that determines the computation of one decoder layer.
struct LayerConfig {
  std::int64_t headCount = 0;
  std::int64_t keyValueHeadCount = 0;  // heads of keys and values; divides headCount
  std::int64_t headSize = 0;
  std::int64_t intermediateSize = 0;
  NormConfig norm;
  NormPlacement normPlacement = NormPlacement::before;
  QueryKeyNorm queryKeyNorm = QueryKeyNorm::none;
  bool queryKeyValueBias = false;
  bool attentionOutputBias = false;
  bool mlpBias = false;
  bool fused = false;                // queries, keys and values are one product; so are gate and up
  double attentionScale = 0.0;       // of the products of queries and keys
  double attentionCap = 0.0;         // c: these become c tanh(x / c); 0: they stay
  std::int64_t attentionWindow = 0;  // a token sees itself and window-1 tokens before it; 0: all
  RotaryConfig rotary;
  Activation activation = Activation::silu;

  bool operator==(const LayerConfig&) const = default;
};

// 1 / sqrt(headSize), rounded to single precision as attention computes it.
double usualAttentionScale(std::int64_t headSize);

}  // namespace canvass
