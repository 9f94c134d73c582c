#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tokenizer/tokenizer.h"

namespace canvass {

struct ForestOptions {
  // Most new tokens in one forest. More is faster until memory or cache is full; a single longer
  // prompt still gets a forest of its own.
  std::size_t tokenBudget = 2048;
  // Prompts share one tree only where they have at least this many first tokens in common. The
  // backward pass of attention takes trees apart among threads: a first token that all prompts have
  // must not make one tree of everything.
  std::size_t minimumSharedPrefix = 4;
};

// Many prompts as trees of tokens: a prefix that several prompts share stands once. Rows are in
// depth-first order, so a parent always comes before its children and each tree is one run.
struct Forest {
  std::vector<TokenId> tokens;
  std::vector<std::int32_t> positions;  // in the prompt, from 0
  std::vector<std::int32_t> parents;    // row of the token before; -1 at a root
  struct Tree {
    std::size_t first = 0;
    std::size_t count = 0;
  };
  std::vector<Tree> trees;
  // The row at which each prompt is answered, ascending, and which prompt that is.
  std::vector<std::int32_t> answerRows;
  std::vector<std::size_t> prompts;
};

// Lays prompts into as few new tokens as the budget allows. `prompts` are token sequences, none
// empty; Forest::prompts holds indices into this list, each exactly once over all forests.
std::vector<Forest> buildForests(const std::vector<const std::vector<TokenId>*>& prompts,
                                 const ForestOptions& options);

// New tokens of all of them.
std::size_t tokenCount(const std::vector<Forest>& forests);

}  // namespace canvass
