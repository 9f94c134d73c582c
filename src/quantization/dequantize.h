#pragma once

#include <cstddef>
#include <span>

#include "quantization/element_type.h"

namespace canvass {

// The numbers of whole blocks of a quantized type, equal to ggml's own to the last bit.
// numbers.size() is a multiple of blockElements(type), and `blocks` has that many numbers; they may
// lie at any address.
void dequantize(ElementType type, std::span<const std::byte> blocks, std::span<float> numbers);

}  // namespace canvass
