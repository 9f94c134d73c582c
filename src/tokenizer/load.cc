#include "base/error.h"
#include "tokenizer/json_tokenizer.h"
#include "tokenizer/sentencepiece_module.h"

namespace canvass {

std::unique_ptr<const Tokenizer> loadTokenizer(const std::filesystem::path& modelFolder) {
  // DeBERTa's tokenizer.json is a conversion of this file, and says less than it does.
  if (std::filesystem::exists(modelFolder / "spm.model")) return openSentencePiece(modelFolder);
  if (std::filesystem::exists(modelFolder / "tokenizer.json")) {
    return std::make_unique<JsonTokenizer>(modelFolder);
  }
  if (std::filesystem::exists(modelFolder / "tokenizer.model")) {
    return openSentencePiece(modelFolder);
  }
  throw Error("there is neither a tokenizer.json nor a tokenizer.model or spm.model",
              modelFolder.string(), "download the tokenizer files of the model into it");
}

}  // namespace canvass
