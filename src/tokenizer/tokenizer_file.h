#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "model_files/model_files.h"
#include "tokenizer/vocabulary.h"

namespace canvass {

// A tokenizer.json as read: its settings, and apart from them the vocabulary of its model, which
// has some 100,000 entries.
struct TokenizerFile {
  Json settings;  // without model.vocab
  Vocabulary vocabulary;
};

// Throws Error naming the file if it is missing, is not JSON, or its vocabulary is not an object
// of token texts and distinct ids.
TokenizerFile readTokenizerFile(const ModelFiles& model);

}  // namespace canvass
