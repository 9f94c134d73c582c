#include "prompt/prompt.h"

namespace canvass {

std::string plainText(const Prompt& prompt) {
  std::string text;
  for (const ChatMessage& turn : prompt.turns) text += turn.content;
  return text + prompt.answerPrefix;
}

}  // namespace canvass
