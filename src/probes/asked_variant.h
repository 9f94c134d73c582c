#pragma once

#include "probes/variant.h"

namespace canvass {

// A variant with what was predicted for it, in the original order of options.
struct AskedVariant {
  Variant variant;
  Predictions predictions;
};

}  // namespace canvass
