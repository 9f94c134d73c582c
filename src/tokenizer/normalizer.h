#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/json.h"

namespace canvass {

// Rewrites a text before it is tokenized.
class Normalizer {
 public:
  virtual ~Normalizer() = default;
  // Text must be UTF-8.
  virtual std::string normalize(std::string_view text) const = 0;
};

// The "normalizer" of a tokenizer.json; null makes one that changes nothing. Throws Error at
// `where` for a kind or setting that is not supported.
std::unique_ptr<const Normalizer> makeNormalizer(const Json& component, const std::string& where);

}  // namespace canvass
