#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model_files/layer_config.h"
#include "model_files/model_files.h"

namespace canvass {

// The family of an encoder: how it knows the position of a token, and the names of its tensors.
enum class EncoderFamily {
  bert,     // Devlin et al. 2019
  roberta,  // Liu et al. 2019: BERT, with positions counted from behind the padding token
  deberta,  // He et al. 2021, versions 2 and 3: attention to distances
};

// How DeBERTa's attention sees distances: |distance| up to buckets / 2 by itself, larger ones in
// buckets that grow with its logarithm, up to `farthest`.
struct RelativePositions {
  std::int64_t buckets = 0;  // in each direction; at least 2
  std::int64_t farthest = 0;
  bool toContent = false;    // how content at a position attends to distances ("c2p")
  bool fromContent = false;  // how distances attend to content ("p2c")

  bool operator==(const RelativePositions&) const = default;
};

// Everything that determines the computation of one encoder: learned positions or attention to
// distances, a norm after each sublayer, a GELU MLP, biases everywhere.
struct EncoderConfig {
  EncoderFamily family = EncoderFamily::bert;
  std::string architecture;  // "BertModel", for messages
  std::int64_t vocabularySize = 0;
  std::int64_t hiddenSize = 0;
  std::int64_t intermediateSize = 0;
  std::int64_t layerCount = 0;
  std::int64_t headCount = 0;      // divides hiddenSize
  std::int64_t maxPositions = 0;   // tokens that a text can have
  std::int64_t firstPosition = 0;  // the row of the position table for a text's first token
  std::int64_t positionCount = 0;  // rows of the position table; 0 if there is none
  std::int64_t segmentCount =
      0;  // kinds of text that tokens may belong to; all belong to the first
  std::optional<RelativePositions> relative = std::nullopt;
  NormConfig norm = {NormKind::layer};

  bool operator==(const EncoderConfig&) const = default;
};

// Whether config.json describes an encoder of a family that canvass knows. False if there is no
// config.json, or it describes something else.
bool isEncoder(const ModelFiles& model);

// Reads config.json. Throws Error naming the key for an unknown architecture, a missing key, and
// any key that changes the computation in a way that is not implemented.
EncoderConfig readEncoderConfig(const ModelFiles& model);
EncoderConfig parseEncoderConfig(const Json& json, const std::string& where);

// The prefix of the names in a model with a head: "bert.", "roberta.", "deberta.".
std::string headedPrefix(const EncoderConfig& config);

}  // namespace canvass
