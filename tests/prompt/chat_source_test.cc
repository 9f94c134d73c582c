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

// Files of a model, held in memory.
struct TestModel {
  std::map<std::string, std::string> files;
  void write(const std::string& name, std::string_view content) { files[name] = content; }
  std::shared_ptr<const ModelFiles> open() const { return modelInMemory(files, "some/model"); }
};

std::string renderedBy(const TestModel& model, std::string_view choice = "auto") {
  return ChatFormat::choose(choice, *model.open()).render(turns, true);
}

TEST(ChatFormatLoad, TakesTheTemplateOfTheConfiguration) {
  TestModel model;
  model.write(kConfig, R"({"chat_template": "c {{ messages[0].content }}"})");
  EXPECT_EQ(renderedBy(model), "c Hi");
}

TEST(ChatFormatLoad, PrefersTheFileBesideTheModel) {
  TestModel model;
  model.write(kConfig, R"({"chat_template": "c", "bos_token": "<b>"})");
  model.write("chat_template.jinja", "f {{ bos_token }}{{ messages[0].content }}\n");
  EXPECT_EQ(renderedBy(model), "f <b>Hi");
}

TEST(ChatFormatLoad, TakesTheDefaultOfNamedTemplates) {
  TestModel model;
  model.write(kConfig, R"({"chat_template": [{"name": "tool_use", "template": "t"},
                                             {"name": "default", "template": "d"}]})");
  EXPECT_EQ(renderedBy(model), "d");
}

TEST(ChatFormatLoad, IsPlainWhereThereIsNoTemplate) {
  TestModel model;
  EXPECT_TRUE(ChatFormat::load(*model.open()).isPlain());
  model.write(kConfig, R"({"bos_token": "<b>"})");
  EXPECT_TRUE(ChatFormat::load(*model.open()).isPlain());
  model.write(kConfig, R"({"chat_template": null})");
  EXPECT_TRUE(ChatFormat::load(*model.open()).isPlain());
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
    TestModel model;
    model.write(file, content);
    EXPECT_THAT(errorOf([&] { ChatFormat::load(*model.open()); }),
                AllOf(HasSubstr("some/model"), HasSubstr(place), HasSubstr(message)))
        << content;
  }
}

TEST(ChatFormatChoose, AutoLoadsAndNoneIsPlain) {
  TestModel model;
  model.write("chat_template.jinja", "f");
  EXPECT_EQ(renderedBy(model, "auto"), "f");
  EXPECT_TRUE(ChatFormat::choose("none", *model.open()).isPlain());
}

TEST(ChatFormatChoose, TakesAFileInsteadOfTheModelsOwn) {
  TestModel model;
  model.write(kConfig, R"({"chat_template": "c", "eos_token": "<e>"})");
  const test::TemporaryFolder folder;
  const auto file = folder.write("mine.jinja", "mine {{ eos_token }}");
  EXPECT_EQ(renderedBy(model, file.string()), "mine <e>");
}

TEST(ChatFormatChoose, NamesWhatThereIs) {
  TestModel model;
  const std::vector<std::string> unknown = {"chatml", "Vicuna", test::sourceFolder().string(), ""};
  for (const std::string& choice : unknown) {
    EXPECT_THAT(errorOf([&] { ChatFormat::choose(choice, *model.open()); }),
                AllOf(HasSubstr("'" + choice + "'"), HasSubstr("auto"), HasSubstr("none"),
                      HasSubstr("vicuna")));
  }
}

TEST(ChatFormatChoose, RefusesAFileWithASyntaxError) {
  const test::TemporaryFolder folder;
  TestModel model;
  const auto file = folder.write("mine.jinja", "\n{{ 1 + }}");
  EXPECT_THAT(errorOf([&] { ChatFormat::choose(file.string(), *model.open()); }),
              HasSubstr("mine.jinja:2: "));
}

constexpr const char* kVicunaSystem =
    "A chat between a curious user and an artificial intelligence assistant. The assistant gives "
    "helpful, detailed, and polite answers to the user's questions.";

TEST(Vicuna, IsTheConversationItWasTrainedOn) {
  TestModel model;
  model.write(kConfig, R"({"bos_token": "<s>", "eos_token": "</s>"})");
  const ChatFormat vicuna = ChatFormat::choose("vicuna", *model.open());
  const std::vector<ChatMessage> talk = {{"user", "One?"}, {"assistant", "(A)"}, {"user", "Two?"}};
  EXPECT_EQ(vicuna.render(talk, true), "<s>" + std::string(kVicunaSystem) +
                                           " USER: One? ASSISTANT: (A)</s>USER: Two? ASSISTANT:");
  EXPECT_EQ(vicuna.render({{"system", "Be brief."}, {"user", "One?"}}, false),
            "<s>Be brief. USER: One?");
  EXPECT_EQ(vicuna.wrap({{{"user", "One?"}}, " I say (", {}}).text,
            "<s>" + std::string(kVicunaSystem) + " USER: One? ASSISTANT: I say (");
}

TEST(Vicuna, NeedsItsSpecialTokensAndItsTurns) {
  TestModel model;
  EXPECT_THAT(errorOf([&] { renderedBy(model, "vicuna"); }),
              AllOf(HasSubstr("built-in chat format vicuna"), HasSubstr("needs bos_token")));
  model.write(kConfig, R"({"bos_token": "<s>", "eos_token": "</s>"})");
  const ChatFormat vicuna = ChatFormat::choose("vicuna", *model.open());
  EXPECT_THAT(errorOf([&] {
                vicuna.render({{"user", "1"}, {"user", "2"}}, true);
              }),
              HasSubstr("take turns"));
}

// No file can have it: the system's fault is an error like others.
TEST(ChatChoice, OfANameThatIsTooLongIsRefused) {
  TestModel model;
  EXPECT_THAT(errorOf([&] { ChatFormat::choose(std::string(5000, 'a'), *model.open()); }),
              HasSubstr("aaa"));
}

TEST(SpecialTokens, AreTextsOrObjectsOfEitherFile) {
  TestModel model;
  model.write(kConfig, R"({"bos_token": {"content": "<b>", "lstrip": false}, "eos_token": "<e>",
                           "pad_token": null})");
  model.write("special_tokens_map.json",
              R"({"bos_token": "other", "unk_token": {"content": "<u>"}, "pad_token": "<p>"})");
  const SpecialTokenTexts tokens = specialTokensOf(*model.open());
  EXPECT_EQ(tokens.bos, "<b>");
  EXPECT_EQ(tokens.eos, "<e>");
  EXPECT_EQ(tokens.unk, "<u>");
  EXPECT_EQ(tokens.pad, "<p>");
}

TEST(SpecialTokens, AreEmptyWhereThereAreNone) {
  TestModel model;
  const SpecialTokenTexts tokens = specialTokensOf(*model.open());
  EXPECT_EQ(tokens.bos + tokens.eos + tokens.unk + tokens.pad, "");
}

TEST(SpecialTokens, OfAnotherKindAreRefused) {
  TestModel model;
  model.write("special_tokens_map.json", R"({"unk_token": ["<u>"]})");
  EXPECT_THAT(errorOf([&] { specialTokensOf(*model.open()); }),
              AllOf(HasSubstr("special_tokens_map.json"), HasSubstr("unk_token")));
}

TEST(BuiltInChatFormats, AreFoundByName) {
  EXPECT_TRUE(builtInChatFormat("vicuna"));
  EXPECT_FALSE(builtInChatFormat("Vicuna"));
  EXPECT_EQ(builtInChatFormatNames(), "vicuna");
}

}  // namespace
}  // namespace canvass
