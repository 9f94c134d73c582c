#pragma once

#include <string>
#include <vector>

namespace canvass {

// Gives texts as vectors: the closer two texts' meaning, the closer their directions.
class TextEmbedder {
 public:
  virtual ~TextEmbedder() = default;

  // One vector of length 1 a text, all of one size. Throws Error naming a text that is too long.
  virtual std::vector<std::vector<float>> embed(const std::vector<std::string>& texts) const = 0;
};

}  // namespace canvass
