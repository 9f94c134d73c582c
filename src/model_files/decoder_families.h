#pragma once

#include <span>

#include "model_files/config_reader.h"
#include "model_files/decoder_config.h"

namespace canvass {

// How the config.json of one architecture is read.
struct DecoderFamily {
  const char* architecture;
  // Fills everything in but the name of the architecture.
  void (*read)(ConfigReader& config, DecoderConfig& out);
};

std::span<const DecoderFamily> decoderFamilies();

}  // namespace canvass
