#pragma once

#include "model_files/config_reader.h"
#include "model_files/decoder_config.h"

namespace canvass {

// Readers of config.json for the table of families.

void readGemma(ConfigReader& config, DecoderConfig& out);
void readGemma2(ConfigReader& config, DecoderConfig& out);
void readGemma3(ConfigReader& config, DecoderConfig& out);
// Gemma 3 with an encoder of images beside it, which is ignored: the decoder is described in
// "text_config".
void readGemma3WithVision(ConfigReader& config, DecoderConfig& out);

}  // namespace canvass
