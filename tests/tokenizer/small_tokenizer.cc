#include "tokenizer/small_tokenizer.h"

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "support/test_support.h"

namespace canvass::test {

Json smallTokenizers() {
  const auto path = sourceFolder() / "tests" / "tokenizer" / "golden" / "small_tokenizers.json";
  return parseJson(readFile(path), path.string());
}

std::unique_ptr<const Tokenizer> loadPatched(const Json& patch, const std::string& config) {
  Json tokenizer = smallTokenizers().at("base");
  tokenizer.merge_patch(patch);
  std::map<std::string, std::string> files = {{"tokenizer.json", tokenizer.dump()}};
  if (!config.empty()) files["tokenizer_config.json"] = config;
  return loadTokenizer(*modelInMemory(files));
}

std::unique_ptr<const Tokenizer> loadSmallTokenizer(const std::string& patch,
                                                    const std::string& config) {
  return loadPatched(parseJson(patch, "patch"), config);
}

}  // namespace canvass::test
