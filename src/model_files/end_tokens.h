#pragma once

#include <cstdint>
#include <vector>

#include "model_files/model_files.h"

namespace canvass {

// The tokens at which a model's text ends: `eos_token_id`, a number or a list, of
// generation_config.json, else of config.json. Empty if neither file says. Throws Error for
// anything else under that key.
std::vector<std::int32_t> endTokensOf(const ModelFiles& model);

}  // namespace canvass
