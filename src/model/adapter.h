#pragma once

#include <cstdint>
#include <filesystem>

#include "model/decoder.h"
#include "model_files/adapter_config.h"

namespace canvass {

// Wraps every linear layer whose name ends in one of the targets. Throws Error if a target matches
// no layer. A new adapter starts as PEFT's does: A uniform in +-1/sqrt(inputs), B zero.
void attachNewAdapter(Decoder& decoder, const AdapterConfig& config, std::uint64_t seed);

// Reads adapter_config.json and adapter_model.safetensors (PEFT). Throws Error for a tensor that
// is missing, unexpected or of another shape.
AdapterConfig loadAdapter(Decoder& decoder, const ModelFiles& adapter);

// Writes both files in the form that PEFT reads.
void saveAdapter(const Decoder& decoder, const AdapterConfig& config,
                 const std::filesystem::path& adapterFolder);

}  // namespace canvass
