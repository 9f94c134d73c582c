#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace canvass {

// One turn of a conversation.
struct ChatMessage {
  std::string role;  // "system", "user", "assistant"
  std::string content;

  bool operator==(const ChatMessage&) const = default;
};

// The prompt that a template makes from one question and one population. A base model reads the
// turns' texts and the answer prefix one after the other; an instruct model reads the turns inside
// its chat format, and the answer prefix opens its own turn. The first token after it is the
// answer.
struct Prompt {
  std::vector<ChatMessage> turns;
  std::string answerPrefix;         // " If had to select one of the options, my answer would be ("
  std::vector<std::string> labels;  // what the prompt calls each option, in the question's order
  // The turn that the model is to continue before it answers, if it is to reason first.
  struct Thoughts {
    std::size_t turn;  // the assistant's; its text so far opens the thoughts
    std::size_t maxTokens;
  };
  std::optional<Thoughts> thoughts = std::nullopt;
};

// What a base model reads.
std::string plainText(const Prompt& prompt);

}  // namespace canvass
