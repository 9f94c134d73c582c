#pragma once

#include "base/json.h"
#include "model_files/gguf/families.h"

namespace canvass::gguf {

// Adds the rotary positions of all layers: theta (10,000 unless the file has another), and how they
// are scaled. `config` has the sizes already.
void addRotary(Reading& reading, Json& config);

// The same for heads of which only a part may be rotated, and that may be scaled by tables for
// short and for long texts.
void addPartialRotary(Reading& reading, Json& config);

}  // namespace canvass::gguf
