#include "base/error.h"
#include "tokenizer/json_tokenizer.h"
#include "tokenizer/sentencepiece_module.h"

namespace canvass {

std::unique_ptr<const Tokenizer> loadTokenizer(const std::filesystem::path& modelFolder) {
  if (std::filesystem::exists(modelFolder / "tokenizer.json")) {
    return std::make_unique<JsonTokenizer>(modelFolder);
  }
  for (const char* name : {"tokenizer.model", "spm.model"}) {
    if (std::filesystem::exists(modelFolder / name)) return openSentencePiece(modelFolder);
  }
  throw Error("there is neither a tokenizer.json nor a tokenizer.model or spm.model", modelFolder.string(),
              "download the tokenizer files of the model into it");
}

}  // namespace canvass
