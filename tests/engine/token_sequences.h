#pragma once

#include <vector>

#include "engine/forest/forest.h"

namespace canvass::test {

using Sequence = std::vector<TokenId>;

// What buildForests and planForests take, each answered at its end; valid as long as the sequences
// are.
inline std::vector<ForestPrompt> atTheirEnds(const std::vector<Sequence>& sequences) {
  std::vector<ForestPrompt> result;
  for (const Sequence& sequence : sequences) result.push_back(answeredAtEnd(sequence));
  return result;
}

// The prompts that the answers of a forest belong to.
inline std::vector<std::size_t> promptsOf(const Forest& forest) {
  std::vector<std::size_t> prompts;
  for (const PromptSlot& slot : forest.slots) prompts.push_back(slot.prompt);
  return prompts;
}

}  // namespace canvass::test
