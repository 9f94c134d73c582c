#include "sentencepiece/sentencepiece_tokenizer.h"
#include "sentencepiece/trainer.h"
#include "tokenizer/sentencepiece_module.h"

extern "C" {

const canvass::Tokenizer* canvassOpenSentencePiece(const canvass::ModelFiles& model) {
  return new canvass::SentencePieceTokenizer(model);
}

void canvassTrainSentencePiece(const canvass::SentencePieceTraining& training,
                               const std::filesystem::path& folder) {
  canvass::runSentencePieceTrainer(training, folder);
}

}  // extern "C"
