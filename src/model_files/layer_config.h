#pragma once

#include <cstdint>

namespace canvass {

enum class RopeScalingKind { none, linear, llama3 };

// How rotary frequencies are stretched for longer contexts.
struct RopeScaling {
  RopeScalingKind kind = RopeScalingKind::none;
  double factor = 1.0;
  // llama3 only: wavelengths shorter than original/highFrequencyFactor stay, longer than
  // original/lowFrequencyFactor are divided by factor, those between are blended.
  double lowFrequencyFactor = 1.0;
  double highFrequencyFactor = 1.0;
  double originalMaxPositions = 0.0;

  bool operator==(const RopeScaling&) const = default;
};

// One table of rotary positions; layers may have different ones.
struct RotaryConfig {
  std::int64_t size = 0;  // elements of a head that are rotated, in pairs: all of them
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

  bool operator==(const NormConfig&) const = default;
};

// The activation of an MLP's gate: down(activation(gate(x)) * up(x)).
enum class Activation { silu };

// Everything that determines the computation of one decoder layer.
struct LayerConfig {
  std::int64_t headCount = 0;
  std::int64_t keyValueHeadCount = 0;  // heads of keys and values; divides headCount
  std::int64_t headSize = 0;
  std::int64_t intermediateSize = 0;
  NormConfig norm;            // of what attention and MLP read
  bool queryKeyNorm = false;  // the same norm of each head's query and key (Qwen 3)
  bool queryKeyValueBias = false;
  bool attentionOutputBias = false;
  bool mlpBias = false;
  double attentionScale = 0.0;       // of the products of queries and keys
  std::int64_t attentionWindow = 0;  // a token sees itself and window-1 tokens before it; 0: all
  RotaryConfig rotary;
  Activation activation = Activation::silu;

  bool operator==(const LayerConfig&) const = default;
};

// 1 / sqrt(headSize), rounded to single precision as attention computes it.
double usualAttentionScale(std::int64_t headSize);

}  // namespace canvass
