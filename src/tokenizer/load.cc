#include "base/error.h"
#include "tokenizer/json_tokenizer.h"
#include "tokenizer/sentencepiece_module.h"

namespace canvass {

std::unique_ptr<const Tokenizer> loadTokenizer(const ModelFiles& model) {
  // DeBERTa's tokenizer.json is a conversion of this file, and contains less information.
  if (model.has("spm.model")) return openSentencePiece(model);
  if (model.has("tokenizer.json") || !model.ggufFiles().empty()) {
    return std::make_unique<JsonTokenizer>(model);
  }
  if (model.has("tokenizer.model")) return openSentencePiece(model);
  if (!model.has("config.json")) {
    throw Error("there is no model: no such folder, or no config.json in it", model.describe(),
                "give the folder that holds the model's files");
  }
  throw Error("there is no tokenizer.json, tokenizer.model or spm.model", model.describe(),
              "download the tokenizer files of the model into it");
}

}  // namespace canvass
