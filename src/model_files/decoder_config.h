#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model_files/model_files.h"

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

// Everything that decides the mathematics of one decoder, read from config.json. One decoder
// serves all families; what differs between them is a field here, never a second implementation.
struct DecoderConfig {
  std::string architecture;  // "LlamaForCausalLM"
  std::int64_t vocabularySize = 0;
  std::int64_t hiddenSize = 0;
  std::int64_t intermediateSize = 0;
  std::int64_t layerCount = 0;
  std::int64_t headCount = 0;
  std::int64_t keyValueHeadCount = 0;  // heads of keys and values; divides headCount
  std::int64_t headSize = 0;
  std::int64_t maxPositions = 0;
  double normEpsilon = 0.0;
  double ropeTheta = 0.0;
  RopeScaling ropeScaling;
  bool tiedEmbeddings = false;  // the head is the embedding matrix
  bool queryKeyValueBias = false;
  bool attentionOutputBias = false;
  bool mlpBias = false;
  bool queryKeyNorm = false;  // RMS norm of each head's query and key (Qwen 3)
  // For each layer: a token attends to itself and the window-1 tokens before it; 0 = to all.
  std::vector<std::int64_t> attentionWindow;

  bool operator==(const DecoderConfig&) const = default;
};

// Reads config.json. Throws Error naming the key for an unknown architecture, a missing key, and
// any key that changes the mathematics in a way that is not implemented.
DecoderConfig readDecoderConfig(const ModelFiles& model);
DecoderConfig parseDecoderConfig(const Json& json, const std::string& where);

// config.json as Hugging Face transformers reads it. Only for architectures canvass makes itself.
std::string writeDecoderConfig(const DecoderConfig& config);

std::vector<std::string> knownArchitectures();

}  // namespace canvass
