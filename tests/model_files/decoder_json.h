#pragma once

#include <nlohmann/json.hpp>

#include "base/json.h"
#include "model_files/decoder_config.h"

namespace canvass::test {

inline DecoderConfig parseDecoder(const Json& config) {
  return parseDecoderConfig(config, "config.json");
}

// The configuration with these keys added or replaced.
inline Json with(Json config, const Json& changes) {
  config.update(changes);
  return config;
}

}  // namespace canvass::test
