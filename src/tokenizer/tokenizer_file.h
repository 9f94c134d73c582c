#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "model_files/model_files.h"
#include "tokenizer/vocabulary.h"

namespace canvass {

// In order of rank: the two tokens that merge.
using Merges = std::vector<std::pair<std::string, std::string>>;

// A tokenizer.json as read: its settings, and apart from them the vocabulary of its model, which
// has some 100,000 entries.
struct TokenizerFile {
  Json settings;  // without model.vocab
  Vocabulary vocabulary;
  std::optional<Merges> merges = std::nullopt;  // if they are not in the settings
};

// tokenizer.json, or the same from a GGUF file. Throws Error naming the file if it is missing, is
// not JSON, or its vocabulary is not an object of token texts and distinct ids.
TokenizerFile readTokenizerFile(const ModelFiles& model);

}  // namespace canvass
