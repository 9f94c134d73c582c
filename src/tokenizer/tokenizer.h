#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/range.h"
#include "model_files/model_files.h"

namespace canvass {

using TokenId = std::int32_t;
using TokenRange = Range<TokenId>;

struct EncodeOptions {
  // Add what the tokenizer's own post-processing adds (BOS for Llama, nothing for Qwen).
  bool addSpecialTokens = true;
  // Read special-token text ("<|im_start|>") as the special token ...
  bool parseSpecialTokens = false;
  // ... but never if it touches one of these ranges of user text.
  std::span<const TextRange> literal = {};
};

// Converts text to token ids as the model's reference tokenizer does. Immutable and safe to share
// between threads.
class Tokenizer {
 public:
  virtual ~Tokenizer() = default;

  // Text must be UTF-8; throws Error otherwise, or if a character has no token.
  virtual std::vector<TokenId> encode(std::string_view text,
                                      const EncodeOptions& options) const = 0;
  // The text of the tokens; bytes that are not UTF-8 come out as U+FFFD.
  virtual std::string decode(std::span<const TokenId> tokens) const = 0;
  // Ids are below this.
  virtual std::size_t vocabularySize() const = 0;
  // The id of a whole token by its text in the vocabulary, special tokens included.
  virtual std::optional<TokenId> idOf(std::string_view token) const = 0;
};

// spm.model (DeBERTa's), else tokenizer.json or a GGUF file's, else tokenizer.model (both .model
// are SentencePiece's). Throws Error naming what the file requires and canvass does not support.
std::unique_ptr<const Tokenizer> loadTokenizer(const ModelFiles& model);

}  // namespace canvass
