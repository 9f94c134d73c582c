#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/progress.h"
#include "model/encoder.h"
#include "text/text_embedder.h"
#include "tokenizer/tokenizer.h"

namespace canvass {

// An encoder's representation of what a text means: the mean of its final states over all tokens,
// made length 1, as sentence-transformers of the MiniLM family are trained to produce. Any encoder
// can be asked, but one that was not trained this way distinguishes texts less well.
class SentenceEmbedder : public TextEmbedder {
 public:
  // Throws Error naming what is missing, or if the model is not an encoder. Progress counts bytes.
  explicit SentenceEmbedder(const ModelFiles& model, Progress& progress = noProgress());

  std::vector<std::vector<float>> embed(const std::vector<std::string>& texts) const override;

 private:
  std::unique_ptr<const Tokenizer> tokenizer_;
  std::unique_ptr<const Encoder> encoder_;
};

}  // namespace canvass
