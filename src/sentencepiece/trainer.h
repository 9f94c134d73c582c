#pragma once

#include <filesystem>

#include "tokenizer/sentencepiece_module.h"

namespace canvass {

// What trainSentencePiece (tokenizer/train_sentencepiece.h) promises.
void runSentencePieceTrainer(const SentencePieceTraining& training,
                             const std::filesystem::path& folder);

}  // namespace canvass
