// Each feature of tokenizer.json by itself, against Hugging Face tokenizers.
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "tokenizer/small_tokenizer.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using Ids = std::vector<TokenId>;

TEST(SmallTokenizers, EncodeAndDecodeAsTheReferenceDoes) {
  const auto path = test::sourceFolder() / "tests" / "tokenizer" / "golden" / "small_results.json";
  const Json results = parseJson(readFile(path), path.string());
  const Json cases = test::smallTokenizers().at("cases");
  ASSERT_EQ(results.size(), cases.size());
  for (std::size_t c = 0; c < cases.size(); ++c) {
    SCOPED_TRACE(cases[c].at("name").get<std::string>());
    const auto tokenizer = test::loadPatched(cases[c].at("patch"));
    const Json& texts = cases[c].at("texts");
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const auto text = texts[i].get<std::string>();
      SCOPED_TRACE(text);
      const Ids special = tokenizer->encode(text, {.parseSpecialTokens = true});
      EXPECT_EQ(special, results[c].at("special")[i].get<Ids>());
      EXPECT_EQ(tokenizer->encode(text, {.addSpecialTokens = false}),
                results[c].at("plain")[i].get<Ids>());
      EXPECT_EQ(tokenizer->decode(special), results[c].at("decoded")[i].get<std::string>());
    }
  }
}

}  // namespace
}  // namespace canvass
