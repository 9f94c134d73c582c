#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tokenizer/tokenizer.h"

namespace canvass {

// The functions of the module libcanvass_sentencepiece.so (src/sentencepiece explains why it is a
// module).
struct SentencePieceTraining {
  const std::vector<std::string>& lines;
  std::size_t vocabularySize;
  const std::vector<std::string>& wholeWords;
};

extern "C" {
using OpenSentencePiece = const Tokenizer*(const ModelFiles& model);
using TrainSentencePiece = void(const SentencePieceTraining& training,
                                const std::filesystem::path& folder);
}

// A model's tokenizer.model or spm.model. Throws Error if the file is damaged, or the module is
// not where the program was built or installed.
std::unique_ptr<const Tokenizer> openSentencePiece(const ModelFiles& model);

}  // namespace canvass
