#pragma once

#include <vector>

#include "tokenizer/tokenizer.h"

namespace canvass::test {

using Sequence = std::vector<TokenId>;

// What buildForests and planForests take; valid as long as the sequences are.
inline std::vector<const Sequence*> pointers(const std::vector<Sequence>& sequences) {
  std::vector<const Sequence*> result;
  for (const Sequence& sequence : sequences) result.push_back(&sequence);
  return result;
}

}  // namespace canvass::test
