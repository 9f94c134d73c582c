// The files of a tokenizer are data of strangers that make canvass run a program: whatever they
// hold, loading and encoding end soon, and with an Error that names the part.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "support/test_support.h"
#include "tokenizer/added_tokens.h"
#include "tokenizer/limits.h"
#include "tokenizer/pattern.h"
#include "tokenizer/small_tokenizer.h"
#include "tokenizer/tokenizer.h"
#include "tokenizer/word_piece.h"

namespace canvass {
namespace {

using test::errorOf;
using testing::HasSubstr;

std::string times(int count, std::string_view part) {
  std::string text;
  for (int i = 0; i < count; ++i) text += part;
  return text;
}

// The small tokenizer with its last brace replaced by another member.
std::string fileWith(const std::string& member) {
  std::string file = test::smallTokenizers().at("base").dump();
  file.pop_back();
  return file + "," + member + "}";
}

std::string errorOfLoading(const std::string& member) {
  return errorOf([&] { loadTokenizer(*modelInMemory({{"tokenizer.json", fileWith(member)}})); });
}

// Sequences inside of each other.
std::string nested(int count, const std::string& list, const std::string& innermost) {
  const std::string open = R"({"type":"Sequence",")" + list + "\":[";
  return times(count, open) + innermost + times(count, "]}");
}

struct Part {
  const char *member, *list, *innermost, *name;
};

constexpr Part parts[] = {
    {"normalizer", "normalizers", R"({"type":"NFC"})", "normalizer"},
    {"pre_tokenizer", "pretokenizers", R"({"type":"BertPreTokenizer"})", "pre-tokenizer"},
    {"post_processor", "processors",
     R"({"type":"BertProcessing","cls":["<s>",1],"sep":["</s>",2]})", "post-processor"},
    {"decoder", "decoders", R"({"type":"Fuse"})", "decoder"},
};

TEST(TokenizerLimits, EndSequencesInsideOfEachOther) {
  for (const Part& part : parts) {
    for (const int deep : {32, 1000, 200'000}) {
      EXPECT_EQ(errorOfLoading(
                    fmt::format("\"{}\":{}", part.member, nested(deep, part.list, part.innermost))),
                "memory/tokenizer.json: lists and objects are nested more than 64 deep")
          << part.name << deep;
    }
    const std::string fits = nested(20, part.list, part.innermost);
    EXPECT_NO_THROW(test::loadSmallTokenizer(fmt::format("{{\"{}\":{}}}", part.member, fits)));
  }
}

TEST(TokenizerLimits, EndLongSequences) {
  for (const Part& part : parts) {
    const std::string list = times(100, part.innermost + std::string(",")) + part.innermost;
    EXPECT_EQ(errorOfLoading(fmt::format("\"{}\":{}", part.member, nested(1, part.list, list))),
              fmt::format("memory/tokenizer.json, {}: there are 102 parts, more than 100; download "
                          "the tokenizer's files again",
                          part.name));
  }
}

TEST(TokenizerLimits, EndObjectsOfManyKeys) {
  std::string keys;
  for (int i = 0; i < 200'000; ++i) keys += fmt::format("\"k{}\":1,", i);
  for (const char* member : {"\"truncation\":{{{}\"k\":1}}", "{}\"k\":1"}) {
    EXPECT_THAT(errorOfLoading(fmt::format(fmt::runtime(member), keys)),
                HasSubstr("tokenizer.json: an object has more than 50000 keys"));
  }
}

std::string replacement(const std::string& pattern, const std::string& content) {
  return Json{{"type", "Replace"}, {"pattern", Json::parse(pattern)}, {"content", content}}.dump();
}

struct Growth {
  const char* name;
  std::string patch, where;
};

TEST(TokenizerLimits, EndTextsThatGrow) {
  const std::string doubling = replacement(R"({"String":"a"})", "aa") +
                               times(60, "," + replacement(R"({"String":"a"})", "aa"));
  const std::string prepending =
      R"({"type":"Prepend","prepend":")" + std::string(5000, 'a') + "\"}";
  const std::string byteLevel =
      R"({"type":"ByteLevel","add_prefix_space":false,"use_regex":false})";
  const Growth growths[] = {
      {"Replace",
       R"({"normalizer":)" + replacement(R"({"String":"a"})", std::string(100'000, 'a')) + "}",
       "normalizer"},
      {"ReplaceByAPattern",
       R"({"normalizer":)" + replacement(R"({"Regex":"[ab]"})", std::string(100'000, 'a')) + "}",
       "normalizer"},
      {"Doubling", R"({"normalizer":)" + nested(1, "normalizers", doubling) + "}", "normalizer"},
      {"DoublingInsideOfEachOther", R"({"normalizer":)" + nested(20, "normalizers", doubling) + "}",
       "normalizer 1 1"},
      {"Prepending", R"({"normalizer":)" + nested(1, "normalizers", prepending) + "}",
       "normalizer"},
      {"DoublingBytes",
       R"({"pre_tokenizer":)" + nested(1, "pretokenizers", byteLevel + times(40, "," + byteLevel)) +
           "}",
       "pre-tokenizer"},
  };
  for (const Growth& growth : growths) {
    const auto tokenizer = test::loadSmallTokenizer(growth.patch);
    EXPECT_THAT(errorOf([&] { tokenizer->encode("a b\u00E9", {}); }),
                testing::AllOf(HasSubstr("tokenizer.json, " + growth.where),
                               HasSubstr("a text of 5 bytes becomes one of ")))
        << growth.name;
  }
  const auto decoding =
      test::loadSmallTokenizer(R"({"decoder":)" + nested(1, "decoders", doubling) + "}");
  EXPECT_THAT(errorOf([&] { decoding->decode(decoding->encode("a", {})); }),
              HasSubstr("tokenizer.json, decoder"));
}

TEST(TokenizerLimits, EndExpressionsThatDoNotFindTheirWords) {
  for (const char* regex :
       {R"((a+)+\\d)", R"((a|aa)+\\d)", R"((a|a)*b)", R"((?:a*)*c)", R"(a*a*a*a*a*a*a*b)"}) {
    const auto tokenizer = test::loadSmallTokenizer(fmt::format(
        R"({{"pre_tokenizer":{{"type":"Split","pattern":{{"Regex":"{}"}},
             "behavior":"Isolated","invert":false}}}})",
        regex));
    EXPECT_THAT(errorOf([&] { tokenizer->encode(std::string(2000, 'a') + " bc", {}); }),
                testing::AllOf(testing::StartsWith("memory/tokenizer.json, pre-tokenizer: the "
                                                   "regular expression "),
                               HasSubstr("match limit exceeded")))
        << regex;
  }
}

TEST(TokenizerLimits, LeaveRoomForTheWordsOfRealTokenizers) {
  const char* const words[] = {
      R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)",
      R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)",
      R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)",
  };
  for (const char* regex : words) {
    const Pattern pattern = Pattern::regex(regex, "here");
    for (const char* letter :
         {"a", "A", " ", "\n", "1", "-", "'", "\u4F60", "\u0301", " \n", "a ", "aA", "\u00AA"}) {
      const std::string text = times(200'000, letter);
      EXPECT_FALSE(pattern.matches(text + "a").empty()) << regex << letter;
    }
  }
}

TEST(TokenizerLimits, EndLongExpressions) {
  EXPECT_THAT(errorOf([] { Pattern::regex(std::string(30'000, 'a'), "here"); }),
              testing::AllOf(testing::StartsWith("here: the regular expression aaa"),
                             HasSubstr("aaa... is longer than 20,000 bytes")));
}

TEST(TokenizerLimits, RefusePostProcessorsThatFitNoToken) {
  const std::string special =
      R"({"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>","type_id":0}},)"
      R"({"Sequence":{"id":"A","type_id":0}}],"special_tokens":{"<s>":{"id":"<s>","ids":)";
  const std::pair<std::string, const char*> cases[] = {
      {special + "[49]}}}", "post-processor: the id 49 is not that of a token"},
      {special + "[-1]}}}", "post-processor 1: \"ids\" must be a list of ids of tokens"},
      {special + "[4294967297]}}}", "post-processor 1: \"ids\" must be a list of ids of tokens"},
      {special + "[18446744073709551615]}}}",
       "post-processor 1: \"ids\" must be a list of ids of tokens"},
      {special + "[1.5]}}}", "post-processor 1: \"ids\" must be a list of ids of tokens"},
      {special + "{\"a\":1}}}}", "post-processor 1: \"ids\" must be a list of ids of tokens"},
      {special + "null}}}", "post-processor 1: \"ids\" must be a list of ids of tokens"},
      {R"({"type":"TemplateProcessing"})", "post-processor: the key \"single\" is missing"},
      {R"({"type":"TemplateProcessing","single":null})",
       "post-processor: \"single\" must be a list"},
      {R"({"type":"TemplateProcessing","single":[1]})",
       "post-processor 1: a JSON object was expected"},
      {R"({"type":"TemplateProcessing","single":[{}]})",
       "post-processor 1: the key \"SpecialToken\" is missing"},
      {R"({"type":"TemplateProcessing","single":[{"SpecialToken":1}]})",
       "post-processor 1: a JSON object was expected"},
      {R"({"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>"}}]})",
       "post-processor 1: the key \"special_tokens\" is missing"},
      {R"({"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"x"}}],"special_tokens":[]})",
       "post-processor 1: a JSON object was expected"},
      {R"({"type":"BertProcessing","cls":["<s>",70],"sep":["</s>",2]})",
       "post-processor: the id 70 is not that of a token"},
      {R"({"type":"BertProcessing","cls":["<s>",1],"sep":["</s>",-2]})",
       "post-processor: \"sep\" must be a token and its id"},
      {R"({"type":"Sequence","processors":[1]})", "post-processor 1: a JSON object was expected"},
      {R"([])", "post-processor: a JSON object was expected"},
      {R"("TemplateProcessing")", "post-processor: a JSON object was expected"},
  };
  for (const auto& [processor, message] : cases) {
    EXPECT_THAT(errorOfLoading("\"post_processor\":" + processor),
                HasSubstr(std::string("memory/tokenizer.json, ") + message))
        << processor;
  }
}

AddedToken added(std::string text, TokenId id) {
  AddedToken token;
  token.text = std::move(text);
  token.id = id;
  return token;
}

// As many tokens as a vocabulary has, all of which begin as the text does.
TEST(AddedTokenSearch, TakesTheLongestOfVeryMany) {
  std::vector<AddedToken> tokens;
  for (int i = 0; i < 200'000; ++i) tokens.push_back(added(fmt::format("aaaaaaaa{}", i), i));
  tokens.push_back(added("aaaaaaaa1234567", 200'000));
  const AddedTokens search(std::move(tokens));
  const std::string text = times(20'000, "aaaaaaaaa") + "aaaaaaaa1234567aaaaaaaa12";
  const auto segments = search.split(text, {});
  ASSERT_EQ(segments.size(), 3u);
  EXPECT_EQ(segments[1].token, 200'000);
  EXPECT_EQ(segments[2].token, 12);
}

TEST(AddedTokenSearch, TakesTheFirstOfEqualOnes) {
  const AddedTokens search({added("ab", 3), added("a", 1), added("ab", 2), added("abc", 4)});
  const auto segments = search.split("abxabca", {});
  ASSERT_EQ(segments.size(), 4u);
  EXPECT_EQ(segments[0].token, 3);
  EXPECT_EQ(segments[2].token, 4);
  EXPECT_EQ(segments[3].token, 1);
}

TEST(TokenizerLimits, RefuseOddAddedTokens) {
  const auto token = [](const std::string& text, const std::string& id) {
    return fmt::format(R"({{"added_tokens":[{{"id":{},"content":"{}","single_word":false,
        "lstrip":false,"rstrip":false,"normalized":false,"special":true}}]}})",
                       id, text);
  };
  const auto error = [&](const std::string& text, const std::string& id) {
    return errorOf([&] { test::loadSmallTokenizer(token(text, id)); });
  };
  EXPECT_THAT(error(std::string(1001, 'a'), "100"),
              HasSubstr("added token 1: an added token is longer than 1000 bytes"));
  EXPECT_THAT(error("<x>", "4294967296"), HasSubstr("added token 1: the id 4294967296 is out of"));
}

TEST(TokenizerLimits, EndLettersOfVeryManyMarks) {
  for (
      const char* normalizer :
      {R"({"type":"NFC"})", R"({"type":"NFKD"})",
       R"({"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"lowercase":true})"}) {
    const auto tokenizer =
        test::loadSmallTokenizer(fmt::format(R"({{"normalizer":{}}})", normalizer));
    EXPECT_EQ(errorOf([&] { tokenizer->encode("a" + times(100'000, "\u0301\u0323"), {}); }),
              "a text has more than 1,000 marks on one letter")
        << normalizer;
    EXPECT_NO_THROW(tokenizer->encode(times(10, "a" + times(400, "\u0301\u0323")), {}));
  }
}

// One word of a million letters, which merging must not search again and again.
TEST(TokenizerLimits, EncodeAVeryLongWord) {
  const auto tokenizer = test::loadSmallTokenizer("{}");
  EXPECT_EQ(tokenizer->encode(std::string(1'000'000, 'a'), {}).size(), 500'000u);
}

TEST(TokenizerLimits, BoundTheWordsOfWordPiece) {
  for (const char* characters : {"0", "1001", "2147483648", "-1"}) {
    const std::string file = fmt::format(
        R"({{"model":{{"type":"WordPiece","unk_token":"u","continuing_subword_prefix":"##",
            "max_input_chars_per_word":{},"vocab":{{"u":0}}}}}})",
        characters);
    EXPECT_THAT(errorOf([&] {
                  loadTokenizer(*modelInMemory({{"tokenizer.json", file}}));
                }),
                HasSubstr("model: \"max_input_chars_per_word\" must be between 1 and 1000"));
  }
}

TEST(WordPiece, LooksNoFurtherThanTheLongestToken) {
  Vocabulary vocabulary;
  for (const char* token : {"u", "##", "\u00E9", "##\u00E9", "##ab"}) {
    vocabulary.add(token, static_cast<TokenId>(vocabulary.size()), "here");
  }
  const WordPieceModel model(std::move(vocabulary), {"u", "##", 1000}, "here");
  std::vector<TokenId> ids;
  model.tokenize("\u00E9ab\u00E9", ids);
  model.tokenize("\u00E9\U0001F600", ids);
  EXPECT_EQ(ids, (std::vector<TokenId>{2, 4, 3, 0}));
}

}  // namespace
}  // namespace canvass
