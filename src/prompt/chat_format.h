#pragma once

#include <ctime>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/range.h"
#include "model_files/model_files.h"
#include "prompt/prompt.h"

namespace canvass {

// The text a model reads, and which of its bytes are a prompt's own: in those, text that looks like
// a special token is only text.
struct PromptText {
  std::string text;
  std::vector<TextRange> literal;
  bool specialTokensWritten =
      false;  // the chat format already wrote BOS and the like: do not add them
};

// Special tokens that chat templates may use by name; empty if the tokenizer has none.
struct SpecialTokenTexts {
  std::string bos, eos, unk, pad;
};

// A model's chat format (a Jinja template), or none for a base model.
class ChatFormat {
 public:
  static ChatFormat plain();
  // `source`: the Jinja text; `where`: file or name for messages. Throws Error at a line of the
  // template for syntax that this interpreter does not have.
  static ChatFormat jinja(std::string_view source, SpecialTokenTexts tokens,
                          const std::string& where);
  // chat_template.jinja next to the model, else chat_template in tokenizer_config.json (a string,
  // or a list of named ones of which "default" is taken), else plain. The texts of the special
  // tokens come from tokenizer_config.json, else special_tokens_map.json.
  static ChatFormat load(const ModelFiles& model);
  // "auto" is load(), "none" is plain(), a built-in name ("vicuna"), else a Jinja file.
  static ChatFormat choose(std::string_view choice, const ModelFiles& model);

  ~ChatFormat();
  ChatFormat(ChatFormat&&) noexcept;
  ChatFormat& operator=(ChatFormat&&) noexcept;

  bool isPlain() const;
  // The Jinja text; empty if it is plain.
  std::string_view source() const;
  // A variable that the template may read in addition to `messages`, `add_generation_prompt`,
  // `tools`, `documents` (both none) and the special tokens.
  void setVariable(const std::string& name, const Json& value);
  // The time that strftime_now() reports in the template; the local time if this is never called.
  void setClock(std::function<std::tm()> clock);
  // The conversation as the model's own tokenizer would render it. Throws Error if the template
  // raises an exception or uses something undefined in a way Python would refuse, if there is no
  // message, or if the format is plain.
  std::string render(const std::vector<ChatMessage>& messages, bool addGenerationPrompt) const;
  // The prompt inside the format, the answer prefix opening the assistant's turn: without the white
  // space it begins with if the format ends in white space already. The answer is never inside a
  // model's thoughts: `enable_thinking` is false unless setVariable says otherwise, and a <think>
  // that the format leaves open is closed. Throws Error if a turn's text (or what is left of it
  // after trimming) is not in the rendered text exactly once and at its position.
  PromptText wrap(const Prompt& prompt) const;

 private:
  struct Implementation;
  explicit ChatFormat(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace canvass
