#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model_files/model_files.h"
#include "tokenizer/added_tokens.h"

namespace canvass {

// What a tokenizer_config.json says about the tokens of a text. Absent keys are absent here.
struct TokenizerConfig {
  std::optional<bool> addBos, addEos;
  std::optional<std::string> bos, eos;  // their texts
  std::optional<bool> legacy;           // of Llama's tokenizer: see SentencePieceTokenizer
  std::optional<bool> addPrefixSpace;
  std::optional<bool> lowerCase, splitsPunctuation;  // of DeBERTa's tokenizer
  std::vector<AddedToken> addedTokens;               // added_tokens_decoder
};

// tokenizer_config.json. Empty if there is no such file; throws Error if it is malformed.
TokenizerConfig readTokenizerConfig(const ModelFiles& model);

}  // namespace canvass
