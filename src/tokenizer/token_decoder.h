#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/json.h"

namespace canvass {

// Turns the texts of tokens back into text.
class TokenDecoder {
 public:
  virtual ~TokenDecoder() = default;
  // A step may change, join or drop texts; the results of the last step, joined, are the text.
  virtual std::vector<std::string> decode(std::vector<std::string> tokens) const = 0;
};

// The "decoder" of a tokenizer.json; null joins the tokens with spaces. Throws Error at `where` for
// a kind or setting that is not supported.
std::unique_ptr<const TokenDecoder> makeDecoder(const Json& component, const std::string& where);

// The decoder of SentencePiece models: marks become spaces, <0xNN> bytes, and the space that was
// put before the text is taken away.
std::unique_ptr<const TokenDecoder> makeSentencePieceDecoder(bool stripPrefix);

}  // namespace canvass
