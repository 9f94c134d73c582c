#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/json.h"

namespace canvass {

// A part of a text that the token model sees in isolation.
struct Piece {
  std::string text;
  bool opensText = false;  // it begins where the whole text begins
};

// Cuts a text into pieces, and may rewrite them.
class PreTokenizer {
 public:
  virtual ~PreTokenizer() = default;
  // Cuts each piece further. Pieces must be UTF-8 and not empty, and come out so.
  virtual std::vector<Piece> split(std::vector<Piece> pieces) const = 0;
};

// The "pre_tokenizer" of a tokenizer.json; null makes one that changes nothing. Throws Error at
// `where` for a kind or setting that is not supported.
std::unique_ptr<const PreTokenizer> makePreTokenizer(const Json& component,
                                                     const std::string& where);

}  // namespace canvass
