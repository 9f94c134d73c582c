#pragma once

#include <string>

#include "base/json.h"
#include "model_files/gguf/gguf_file.h"

namespace canvass::gguf {

// The file's architecture as the config.json of the same model. Throws Error naming the key for an
// architecture that is not known, a missing key, and a key that is not understood.
Json configOf(const GgufFile& file, const std::string& where);

}  // namespace canvass::gguf
