#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "base/json.h"
#include "model_files/decoder_config.h"

namespace canvass::test {

inline DecoderConfig parseDecoder(const Json& config) {
  return parseDecoderConfig(config, "config.json");
}

// Of each layer.
inline std::vector<std::int64_t> windowsOf(const DecoderConfig& config) {
  std::vector<std::int64_t> windows;
  for (const LayerConfig& layer : config.layers) windows.push_back(layer.attentionWindow);
  return windows;
}

// The configuration with these keys added or replaced.
inline Json with(Json config, const Json& changes) {
  config.update(changes);
  return config;
}

}  // namespace canvass::test
