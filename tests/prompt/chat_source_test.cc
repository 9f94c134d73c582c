// Where a model's chat format and its special tokens come from.
#include "prompt/chat_source.h"

#include "support/test_support.h"

namespace canvass {
namespace {

using test::errorOf;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kConfig = "tokenizer_config.json";
const std::vector<ChatMessage> turns = {{"user", "Hi"}};

std::string renderedBy(const test::TemporaryFolder& model, std::string_view choice = "auto") {
  return ChatFormat::choose(choice, model.path()).render(turns, true);
}

TEST(ChatFormatLoad, TakesTheTemplateOfTheConfiguration) {
  const test::TemporaryFolder model;
  model.write(kConfig, R"({"chat_template": "c {{ messages[0].content }}"})");
  EXPECT_EQ(renderedBy(model), "c Hi");
}

TEST(ChatFormatLoad, PrefersTheFileBesideTheModel) {
  const test::TemporaryFolder model;
  model.write(kConfig, R"({"chat_template": "c", "bos_token": "<b>"})");
  model.write("chat_template.jinja", "f {{ bos_token }}{{ messages[0].content }}\n");
  EXPECT_EQ(renderedBy(model), "f <b>Hi");
}

TEST(ChatFormatLoad, TakesTheDefaultOfNamedTemplates) {
  const test::TemporaryFolder model;
  model.write(kConfig, R"({"chat_template": [{"name": "tool_use", "template": "t"},
                                             {"name": "default", "template": "d"}]})");
  EXPECT_EQ(renderedBy(model), "d");
}

TEST(ChatFormatLoad, IsPlainWhereThereIsNoTemplate) {
  const test::TemporaryFolder model;
  EXPECT_TRUE(ChatFormat::load(model.path()).isPlain());
  model.write(kConfig, R"({"bos_token": "<b>"})");
  EXPECT_TRUE(ChatFormat::load(model.path()).isPlain());
  model.write(kConfig, R"({"chat_template": null})");
  EXPECT_TRUE(ChatFormat::load(model.path()).isPlain());
}

// Never another format in silence.
TEST(ChatFormatLoad, RefusesWhatItCannotUse) {
  const struct {
    const char *file, *content, *place, *message;
  } cases[] = {
      {"chat_template.jinja", "a\n{% if %}", "chat_template.jinja:2: ", "expected a value"},
      {"chat_template.jinja", "{{ x", "chat_template.jinja:1: ", "not closed"},
      {kConfig, R"({"chat_template": "\n\n{% block x %}"})", "tokenizer_config.json, chat_template",
       "'block' is not supported"},
      {kConfig, R"({"chat_template": "\n\n{% block x %}"})", "chat_template:3: ", "block"},
      {kConfig, R"({"chat_template": [{"name": "rag", "template": "r"},
                                      {"name": "tool_use", "template": "t"}]})",
       kConfig, "no template named 'default', only: rag, tool_use"},
      {kConfig, R"({"chat_template": []})", kConfig, "no template named 'default'"},
      {kConfig, R"({"chat_template": [{"name": "default"}]})", kConfig, "template"},
      {kConfig, R"({"chat_template": 5})", kConfig, "chat_template"},
      {kConfig, R"({"chat_template": "x")", kConfig, ""},
      {kConfig, R"([])", kConfig, "a JSON object was expected"},
      {kConfig, R"({"chat_template": "x", "bos_token": 1})", kConfig, "bos_token"},
      {kConfig, R"({"chat_template": "x", "bos_token": {}})", kConfig, "content"},
  };
  for (const auto& [file, content, place, message] : cases) {
    const test::TemporaryFolder model;
    model.write(file, content);
    EXPECT_THAT(errorOf([&] { ChatFormat::load(model.path()); }),
                AllOf(HasSubstr(model.path().string()), HasSubstr(place), HasSubstr(message)))
        << content;
  }
}

TEST(ChatFormatChoose, AutoLoadsAndNoneIsPlain) {
  const test::TemporaryFolder model;
  model.write("chat_template.jinja", "f");
  EXPECT_EQ(renderedBy(model, "auto"), "f");
  EXPECT_TRUE(ChatFormat::choose("none", model.path()).isPlain());
}

TEST(ChatFormatChoose, TakesAFileInsteadOfTheModelsOwn) {
  const test::TemporaryFolder model;
  model.write(kConfig, R"({"chat_template": "c", "eos_token": "<e>"})");
  const auto file = model.write("mine.jinja", "mine {{ eos_token }}");
  EXPECT_EQ(renderedBy(model, file.string()), "mine <e>");
}

TEST(ChatFormatChoose, NamesWhatThereIs) {
  const test::TemporaryFolder model;
  const std::vector<std::string> unknown = {"chatml", "Vicuna", model.path().string(), ""};
  for (const std::string& choice : unknown) {
    EXPECT_THAT(errorOf([&] { ChatFormat::choose(choice, model.path()); }),
                AllOf(HasSubstr("'" + choice + "'"), HasSubstr("auto"), HasSubstr("none"),
                      HasSubstr("vicuna")));
  }
}

TEST(ChatFormatChoose, RefusesAFileWithASyntaxError) {
  const test::TemporaryFolder model;
  const auto file = model.write("mine.jinja", "\n{{ 1 + }}");
  EXPECT_THAT(errorOf([&] { ChatFormat::choose(file.string(), model.path()); }),
              HasSubstr("mine.jinja:2: "));
}

constexpr const char* kVicunaSystem =
    "A chat between a curious user and an artificial intelligence assistant. The assistant gives "
    "helpful, detailed, and polite answers to the user's questions.";

TEST(Vicuna, IsTheConversationItWasTrainedOn) {
  const test::TemporaryFolder model;
  model.write(kConfig, R"({"bos_token": "<s>", "eos_token": "</s>"})");
  const ChatFormat vicuna = ChatFormat::choose("vicuna", model.path());
  const std::vector<ChatMessage> talk = {{"user", "One?"}, {"assistant", "(A)"}, {"user", "Two?"}};
  EXPECT_EQ(vicuna.render(talk, true), "<s>" + std::string(kVicunaSystem) +
                                           " USER: One? ASSISTANT: (A)</s>USER: Two? ASSISTANT:");
  EXPECT_EQ(vicuna.render({{"system", "Be brief."}, {"user", "One?"}}, false),
            "<s>Be brief. USER: One?");
  EXPECT_EQ(vicuna.wrap({{{"user", "One?"}}, " I say (", {}}).text,
            "<s>" + std::string(kVicunaSystem) + " USER: One? ASSISTANT: I say (");
}

TEST(Vicuna, NeedsItsSpecialTokensAndItsTurns) {
  const test::TemporaryFolder model;
  EXPECT_THAT(errorOf([&] { renderedBy(model, "vicuna"); }),
              AllOf(HasSubstr("built-in chat format vicuna"), HasSubstr("needs bos_token")));
  model.write(kConfig, R"({"bos_token": "<s>", "eos_token": "</s>"})");
  const ChatFormat vicuna = ChatFormat::choose("vicuna", model.path());
  EXPECT_THAT(errorOf([&] {
                vicuna.render({{"user", "1"}, {"user", "2"}}, true);
              }),
              HasSubstr("take turns"));
}

TEST(SpecialTokens, AreTextsOrObjectsOfEitherFile) {
  const test::TemporaryFolder model;
  model.write(kConfig, R"({"bos_token": {"content": "<b>", "lstrip": false}, "eos_token": "<e>",
                           "pad_token": null})");
  model.write("special_tokens_map.json",
              R"({"bos_token": "other", "unk_token": {"content": "<u>"}, "pad_token": "<p>"})");
  const SpecialTokenTexts tokens = specialTokensOf(model.path());
  EXPECT_EQ(tokens.bos, "<b>");
  EXPECT_EQ(tokens.eos, "<e>");
  EXPECT_EQ(tokens.unk, "<u>");
  EXPECT_EQ(tokens.pad, "<p>");
}

TEST(SpecialTokens, AreEmptyWhereThereAreNone) {
  const test::TemporaryFolder model;
  const SpecialTokenTexts tokens = specialTokensOf(model.path());
  EXPECT_EQ(tokens.bos + tokens.eos + tokens.unk + tokens.pad, "");
}

TEST(SpecialTokens, OfAnotherKindAreRefused) {
  const test::TemporaryFolder model;
  model.write("special_tokens_map.json", R"({"unk_token": ["<u>"]})");
  EXPECT_THAT(errorOf([&] { specialTokensOf(model.path()); }),
              AllOf(HasSubstr("special_tokens_map.json"), HasSubstr("unk_token")));
}

TEST(BuiltInChatFormats, AreFoundByName) {
  EXPECT_TRUE(builtInChatFormat("vicuna"));
  EXPECT_FALSE(builtInChatFormat("Vicuna"));
  EXPECT_EQ(builtInChatFormatNames(), "vicuna");
}

}  // namespace
}  // namespace canvass
