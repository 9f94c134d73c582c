#include <nlohmann/json.hpp>

#include "base/file.h"
#include "support/test_support.h"
#include "tokenizer/tokenizer.h"

namespace canvass {
namespace {

using test::errorOf;
using testing::HasSubstr;
using Ids = std::vector<TokenId>;
using Ranges = std::vector<TextRange>;

// The small model of the goldens with a configuration of the test's own, if it is not empty.
std::unique_ptr<const Tokenizer> loadWith(const std::string& config) {
  const auto model = test::sourceFolder() / "tests/tokenizer/golden/sentencepiece/tokenizer.model";
  std::map<std::string, std::string> files = {{"tokenizer.model", readFile(model)}};
  if (!config.empty()) files["tokenizer_config.json"] = config;
  return loadTokenizer(*modelInMemory(files));
}

Ids idsOf(const Tokenizer& tokenizer, std::string_view text) {
  return tokenizer.encode(text, {.parseSpecialTokens = true});
}

TEST(SentencePieceTokenizer, KnowsItsTokens) {
  const auto tokenizer = loadWith(R"({"add_bos_token": false})");
  EXPECT_EQ(tokenizer->idOf("<unk>"), 0);
  EXPECT_EQ(tokenizer->idOf("<s>"), 1);
  EXPECT_EQ(tokenizer->idOf("<0x00>"), 3);
  EXPECT_EQ(tokenizer->idOf("no such token"), std::nullopt);
  EXPECT_EQ(tokenizer->vocabularySize(), 900u);
}

TEST(SentencePieceTokenizer, PutsTokensAroundATextAsConfigured) {
  const Ids bare = loadWith(R"({"add_bos_token": false})")->encode("life", {});
  Ids both = bare;
  both.insert(both.begin(), 1);
  both.push_back(2);
  const auto tokenizer = loadWith(
      R"({"add_bos_token": true, "bos_token": "<s>", "add_eos_token": true, "eos_token": "</s>"})");
  EXPECT_EQ(tokenizer->encode("life", {}), both);
  EXPECT_EQ(tokenizer->encode("life", {.addSpecialTokens = false}), bare);
}

// The space before a text: which texts tokenize alike tells where one was put.
TEST(SentencePieceTokenizer, PutsASpaceBeforeTheTextAsConfigured) {
  const auto modern = loadWith(R"({"add_bos_token": false})");
  EXPECT_EQ(idsOf(*modern, "life"), idsOf(*modern, " life"));
  EXPECT_NE(idsOf(*modern, "<s>life"), idsOf(*modern, "<s> life"));

  const auto legacy = loadWith(R"({"add_bos_token": false, "legacy": true})");
  EXPECT_EQ(idsOf(*legacy, "life"), idsOf(*modern, "life"));
  EXPECT_NE(idsOf(*legacy, "life"), idsOf(*legacy, " life"));
  EXPECT_EQ(idsOf(*legacy, "<s>life"), idsOf(*modern, "<s> life"));

  const auto none = loadWith(R"({"add_bos_token": false, "add_prefix_space": false})");
  EXPECT_NE(idsOf(*none, "life"), idsOf(*none, " life"));
  EXPECT_EQ(idsOf(*none, " life"), idsOf(*modern, " life"));
}

TEST(SentencePieceTokenizer, GivesTextsBackFromTheirTokens) {
  const auto tokenizer = loadWith(R"({"add_bos_token": false})");
  for (const char* text :
       {"", "life", "two  spaces and a\nline", "日本, Größe", "(A) \t é 👍", "ends in space "}) {
    EXPECT_EQ(tokenizer->decode(tokenizer->encode(text, {})), text);
  }
  EXPECT_EQ(tokenizer->decode(Ids{1, *tokenizer->idOf("<0xFF>"), *tokenizer->idOf("<0xFF>")}),
            "<s>\uFFFD\uFFFD");
}

TEST(SentencePieceTokenizer, ReadsSpecialTokensOnlyWhereAskedAndNeverInLiteralText) {
  const auto tokenizer = loadWith(R"({"add_bos_token": false})");
  const auto count = [&](const EncodeOptions& options) {
    const Ids ids = tokenizer->encode("<s>a</s>", options);
    return std::count_if(ids.begin(), ids.end(), [](TokenId id) { return id <= 2; });
  };
  EXPECT_EQ(count({}), 0);
  EXPECT_EQ(count({.parseSpecialTokens = true}), 2);
  const Ranges literal = {{0, 4}};
  EXPECT_EQ(count({.parseSpecialTokens = true, .literal = literal}), 1);
}

TEST(SentencePieceTokenizer, HasTheAddedTokensOfTheConfiguration) {
  const auto tokenizer = loadWith(
      R"({"add_bos_token": false, "added_tokens_decoder": {
            "1": {"content": "<s>", "single_word": false, "lstrip": false, "rstrip": true,
                  "normalized": false, "special": true},
            "900": {"content": "<|im_start|>", "single_word": false, "lstrip": false,
                    "rstrip": false, "normalized": false, "special": true}}})");
  EXPECT_EQ(tokenizer->vocabularySize(), 901u);
  EXPECT_EQ(tokenizer->encode("<s>  <|im_start|>", {.parseSpecialTokens = true}), (Ids{1, 900}));
  EXPECT_EQ(tokenizer->decode(Ids{900}), "<|im_start|>");
}

TEST(SentencePieceTokenizer, SaysWhatIsWrong) {
  const std::pair<const char*, const char*> cases[] = {
      {"",
       "tokenizer_config.json: \"add_bos_token\" is missing; set it to true or false: "
       "tokenizer.model does not say whether texts begin with BOS"},
      {"{}", "tokenizer_config.json: \"add_bos_token\" is missing"},
      {R"({"add_bos_token": true})", "tokenizer_config.json: the key \"bos_token\" is missing"},
      {R"({"add_bos_token": true, "bos_token": "<x>"})",
       "tokenizer_config.json: the token \"<x>\" is not in the vocabulary"},
      {R"({"add_bos_token": false, "add_eos_token": true})", "the key \"eos_token\" is missing"},
  };
  for (const auto& [config, message] : cases) {
    EXPECT_THAT(errorOf([&, &text = config] { loadWith(text); }), HasSubstr(message)) << config;
  }
  EXPECT_THAT(errorOf([] {
                loadTokenizer(*modelInMemory({{"tokenizer.model", "not a model"}}));
              }),
              HasSubstr("tokenizer.model: it is not a SentencePiece model"));
  const auto tokenizer = loadWith(R"({"add_bos_token": false})");
  EXPECT_EQ(errorOf([&] { tokenizer->decode(Ids{900}); }), "there is no token with the id 900");
  EXPECT_EQ(errorOf([&] { tokenizer->encode("\xC3", {}); }),
            "the text to tokenize is not UTF-8 at byte 0");
}

}  // namespace
}  // namespace canvass
