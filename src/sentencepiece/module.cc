#include "sentencepiece/sentencepiece_tokenizer.h"
#include "sentencepiece/trainer.h"
#include "tokenizer/sentencepiece_module.h"

extern "C" {

const canvass::Tokenizer* canvassOpenSentencePiece(const std::filesystem::path& modelFolder) {
  return new canvass::SentencePieceTokenizer(modelFolder);
}

void canvassTrainSentencePiece(const canvass::SentencePieceTraining& training,
                               const std::filesystem::path& folder) {
  canvass::runSentencePieceTrainer(training, folder);
}

}  // extern "C"
