#include "tokenizer/json_tokenizer.h"

#include <nlohmann/json.hpp>

#include "support/test_support.h"
#include "tokenizer/small_tokenizer.h"

namespace canvass {
namespace {

using test::errorOf;
using test::loadSmallTokenizer;
using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using Ids = std::vector<TokenId>;
using Ranges = std::vector<TextRange>;

constexpr TokenId kBos = 1, kA = 3;

Ids encodeWithLiteral(const Tokenizer& tokenizer, std::string_view text, const Ranges& literal) {
  return tokenizer.encode(text, {.parseSpecialTokens = true, .literal = literal});
}

TEST(JsonTokenizer, KnowsItsTokens) {
  const auto tokenizer = loadSmallTokenizer("{}");
  EXPECT_EQ(tokenizer->vocabularySize(), 49u);
  EXPECT_EQ(tokenizer->idOf("abc"), 18);
  EXPECT_EQ(tokenizer->idOf("<s>"), kBos);
  EXPECT_EQ(tokenizer->idOf("abcd"), std::nullopt);
}

TEST(JsonTokenizer, CountsAddedTokensInTheVocabulary) {
  const auto tokenizer = loadSmallTokenizer(
      "{}", R"({"added_tokens_decoder": {"60": {"content": "<new>", "single_word": false,
               "lstrip": false, "rstrip": false, "normalized": false, "special": true}}})");
  EXPECT_EQ(tokenizer->vocabularySize(), 61u);
  EXPECT_EQ(tokenizer->idOf("<new>"), 60);
  EXPECT_THAT(tokenizer->encode("a<new>", {.parseSpecialTokens = true}), ElementsAre(kA, 60));
  EXPECT_EQ(tokenizer->decode(Ids{60}), "<new>");
}

TEST(JsonTokenizer, ReadsSpecialTokensOnlyWhereAsked) {
  const auto tokenizer = loadSmallTokenizer("{}");
  EXPECT_THAT(tokenizer->encode("<s>a", {.parseSpecialTokens = true}), ElementsAre(kBos, kA));
  EXPECT_THAT(tokenizer->encode("<s>a", {}), testing::Not(testing::Contains(kBos)));
}

TEST(JsonTokenizer, ReadsNoSpecialTokenThatTouchesLiteralText) {
  const auto tokenizer = loadSmallTokenizer("{}");
  const Ids plain = tokenizer->encode("<s>", {});
  const struct {
    const char* text;
    Ranges literal;
    Ids expected;
  } cases[] = {
      {"<s>", {{0, 3}}, plain},
      {"<s>", {{1, 2}}, plain},
      {"<s>", {{0, 0}, {3, 3}}, {kBos}},
      {"<s><s>", {{3, 6}}, {kBos, plain[0], plain[1]}},
      {"<s><s>", {{0, 3}}, {plain[0], plain[1], kBos}},
      {"<s>a<s>", {{3, 4}}, {kBos, kA, kBos}},
      {"<s>a<s>", {{2, 5}}, {plain[0], plain[1], kA, plain[0], plain[1]}},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(encodeWithLiteral(*tokenizer, c.text, c.literal), c.expected)
        << c.text << " from " << c.literal[0].begin << " to " << c.literal[0].end;
  }
}

TEST(JsonTokenizer, ReadsASpecialTokenThatBeginsInsideALiteralMatch) {
  const auto tokenizer = loadSmallTokenizer(
      R"({"added_tokens": [
        {"id": 49, "content": "a<b", "single_word": false, "lstrip": false, "rstrip": false,
         "normalized": false, "special": true},
        {"id": 50, "content": "<b>", "single_word": false, "lstrip": false, "rstrip": false,
         "normalized": false, "special": true}]})");
  EXPECT_THAT(encodeWithLiteral(*tokenizer, "a<b>", {{0, 1}}), ElementsAre(kA, 50));
}

// The Llama-style normalizer moves the text by the marks that it writes: the ranges move along.
TEST(JsonTokenizer, KeepsLiteralTextLiteralWhenItIsNormalized) {
  const auto tokenizer = loadSmallTokenizer(
      R"({"normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Prepend", "prepend": "---"},
            {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"}]},
          "model": {"byte_fallback": false},
          "added_tokens": [
            {"id": 0, "content": "<unk>", "single_word": false, "lstrip": false, "rstrip": false,
             "normalized": false, "special": true},
            {"id": 49, "content": "c<s", "single_word": false, "lstrip": false, "rstrip": false,
             "normalized": true, "special": true}]})");
  const std::string text = "a ---c<s 1 ---c<s 2";  // what the token looks like once normalized
  const Ids both = tokenizer->encode(text, {.parseSpecialTokens = true});
  EXPECT_EQ(std::count(both.begin(), both.end(), 49), 2);
  const Ids first = encodeWithLiteral(*tokenizer, text, {{0, 9}});
  EXPECT_EQ(std::count(first.begin(), first.end(), 49), 1);
  EXPECT_GT(std::find(first.begin(), first.end(), 49), std::find(first.begin(), first.end(), 7));
  const Ids second = encodeWithLiteral(*tokenizer, text, {{10, 19}});
  EXPECT_EQ(std::count(second.begin(), second.end(), 49), 1);
  EXPECT_LT(std::find(second.begin(), second.end(), 49),
            std::find(second.begin(), second.end(), 7));
}

TEST(JsonTokenizer, TakesBosAndEosFromTheConfigurationWhereItNamesThem) {
  const std::string bosTemplate =
      R"({"post_processor": {"type": "TemplateProcessing",
          "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}},
                     {"Sequence": {"id": "A", "type_id": 0}}],
          "pair": [], "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}}})";
  const struct {
    const char* config;
    Ids expected;
  } cases[] = {
      {R"({"bos_token": "<s>"})", {kBos, kA}},
      {R"({"bos_token": "<s>", "add_bos_token": false})", {kA}},
      {R"({"bos_token": null, "add_bos_token": true})", {kA}},
      {R"({"bos_token": {"content": "<s>"}, "add_bos_token": true, "eos_token": "</s>",
           "add_eos_token": true})",
       {kBos, kA, 2}},
  };
  for (const auto& c : cases) {
    const auto tokenizer = loadSmallTokenizer(bosTemplate, c.config);
    EXPECT_EQ(tokenizer->encode("a", {}), c.expected) << c.config;
    EXPECT_EQ(tokenizer->encode("a", {.addSpecialTokens = false}), Ids{kA}) << c.config;
  }
}

TEST(JsonTokenizer, DecodesWhatIsNotUtf8AsReplacementCharacters) {
  const auto tokenizer = loadSmallTokenizer(R"({"decoder": {"type": "ByteLevel"}})");
  EXPECT_EQ(tokenizer->decode(Ids{*tokenizer->idOf("Ã"), kA}), "\uFFFDa");
  EXPECT_EQ(tokenizer->decode({}), "");
}

// A quadratic algorithm would take hours for this text, not seconds.
TEST(JsonTokenizer, EncodesLongTextsWithoutWords) {
  const auto tokenizer = loadSmallTokenizer("{}");
  EXPECT_THAT(tokenizer->encode(std::string(3000000, 'a'), {}),
              testing::SizeIs(testing::AllOf(testing::Ge(1000000u), testing::Le(1500000u))));
}

TEST(JsonTokenizer, RefusesTextsThatAreNotUtf8AndRangesOutsideTheText) {
  const auto tokenizer = loadSmallTokenizer("{}");
  EXPECT_EQ(errorOf([&] { tokenizer->encode("a\xFF", {}); }),
            "the text to tokenize is not UTF-8 at byte 1");
  EXPECT_EQ(errorOf([&] {
              encodeWithLiteral(*tokenizer, "abc", {{2, 4}});
            }),
            "the literal range 2-4 is not in a text of 3 bytes");
  EXPECT_EQ(errorOf([&] {
              encodeWithLiteral(*tokenizer, "abc", {{2, 1}});
            }),
            "the literal range 2-1 is not in a text of 3 bytes");
}

TEST(JsonTokenizer, RefusesIdsAndCharactersThatItDoesNotHave) {
  const auto tokenizer = loadSmallTokenizer(R"({"model": {"unk_token": null}})");
  EXPECT_EQ(errorOf([&] { tokenizer->decode(Ids{49}); }), "there is no token with the id 49");
  EXPECT_EQ(errorOf([&] { tokenizer->decode(Ids{-1}); }), "there is no token with the id -1");
  EXPECT_EQ(errorOf([&] { tokenizer->encode("az", {}); }),
            "the tokenizer has no token for the character \"z\"");
}

}  // namespace
}  // namespace canvass
