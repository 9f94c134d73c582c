#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>

namespace canvass::gguf {

// The name of one file, counted from 1, of a model in several: "STEM-00001-of-00003.gguf".
inline std::string partName(const std::string& stem, std::int64_t part, std::int64_t count) {
  return fmt::format("{}-{:05}-of-{:05}.gguf", stem, part, count);
}

}  // namespace canvass::gguf
