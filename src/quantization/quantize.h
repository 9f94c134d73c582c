#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "quantization/element_type.h"

namespace canvass {

// The type, of those that quantize() makes, in which rows of `columns` numbers are held to have
// about the bits of `wanted` (Q8_0 or Q4_K): itself, or Q4_1 if a block of Q4_K is longer than what
// divides the rows. None if no whole blocks make up a row.
std::optional<ElementType> quantizedTypeFor(ElementType wanted, std::size_t columns);

// Writes the blocks of Q8_0, Q4_1 or Q4_K for these numbers, of which there are whole blocks, all
// finite. Q8_0 equals ggml's to the last bit; scale and minimum of 4-bit groups are those of the
// least squared error among several roundings.
void quantize(ElementType type, std::span<const float> numbers, std::span<std::byte> blocks);

}  // namespace canvass
