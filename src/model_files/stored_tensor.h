#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "model_files/model_files.h"
#include "quantization/element_type.h"

namespace canvass {

// One tensor: row-major bytes, and the file that they are part of, if they were read.
struct StoredTensor {
  ElementType type = ElementType::float32;
  std::vector<std::int64_t> shape;
  std::span<const std::byte> bytes;
  std::shared_ptr<const FileBytes> file = nullptr;
  // If above 0, the rows are those of this many heads, and in each the two numbers that a rotary
  // position turns are neighbors; canvass has the first ones in the first half of the head.
  std::int64_t interleavedHeads = 0;
};

}  // namespace canvass
