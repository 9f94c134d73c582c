#include "model_files/safetensors.h"

#include "base/error.h"
#include "parsers.h"

namespace canvass::fuzz {

void safetensors(std::string_view bytes) try {
  const SafetensorsFile read(*modelInMemory({{"fuzz", std::string(bytes)}}), "fuzz");
  // Every tensor lies within the file.
  unsigned sum = 0;
  for (const auto& [name, tensor] : read.tensors()) {
    if (tensor.bytes.empty()) continue;
    sum += static_cast<unsigned>(tensor.bytes.front()) + static_cast<unsigned>(tensor.bytes.back());
  }
  volatile unsigned keep = sum;
  static_cast<void>(keep);
} catch (const Error&) {
}

}  // namespace canvass::fuzz
