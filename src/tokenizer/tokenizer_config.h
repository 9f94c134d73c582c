#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

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

// Empty where the folder has no such file; throws Error where it is malformed.
TokenizerConfig readTokenizerConfig(const std::filesystem::path& modelFolder);

}  // namespace canvass
