#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model_files/model_files.h"
#include "prompt/chat_format.h"

// Where chat formats come from: the files next to a model and the built-in ones.
namespace canvass {

struct ChatSource {
  std::string text;   // of the Jinja template
  std::string where;  // file, for messages
};

// The model's own chat template, as ChatFormat::load finds it.
std::optional<ChatSource> chatSourceOf(const ModelFiles& model);

// Texts of the special tokens; empty if neither tokenizer_config.json nor special_tokens_map.json
// has one.
SpecialTokenTexts specialTokensOf(const ModelFiles& model);

// The text of a built-in chat format, or nothing if there is none with that name.
std::optional<std::string_view> builtInChatFormat(std::string_view name);
std::string builtInChatFormatNames();

}  // namespace canvass
