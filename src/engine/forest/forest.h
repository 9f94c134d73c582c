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
  // Prompts share one tree only if they have at least this many first tokens in common. The
  // backward pass of attention divides trees among threads: a first token common to all prompts
  // must not turn everything into one tree.
  std::size_t minimumSharedPrefix = 4;
};

// Tokens to read, and the positions among them at which the next token is asked for.
struct ForestPrompt {
  const std::vector<TokenId>* tokens;  // not empty
  std::vector<std::size_t> slots;      // indices into the tokens
};

// Tokens that are answered after the last of them.
ForestPrompt answeredAtEnd(const std::vector<TokenId>& tokens);

// A slot of one of many prompts.
struct PromptSlot {
  std::size_t prompt = 0;  // index into the prompts that the forest was built of
  std::size_t slot = 0;    // index into that prompt's slots

  bool operator==(const PromptSlot&) const = default;
};

// Many prompts as trees of tokens: a prefix that several prompts share is stored once. Rows are in
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
  // The rows that are answered, ascending, and the slot that each answers.
  std::vector<std::int32_t> answerRows;
  std::vector<PromptSlot> slots;
};

// Lays prompts into as few new tokens as the budget allows; all slots of a prompt are in one
// forest. Forest::slots holds each slot of `prompts` exactly once over all forests.
std::vector<Forest> buildForests(const std::vector<ForestPrompt>& prompts,
                                 const ForestOptions& options);

// Prompts in the order in which they share most, to be cut into forests at one budget or another.
// Valid as long as the prompts are.
class OrderedPrompts {
 public:
  OrderedPrompts(const std::vector<ForestPrompt>& prompts, std::size_t minimumSharedPrefix);

  // The tokens of all prompts with every shared beginning counted once: the least that any way of
  // laying them into forests computes.
  std::size_t distinctTokens() const;
  // Where to cut within the budget so that the fewest tokens are computed twice: the first prompt
  // of each forest in this order, and the number of prompts.
  std::vector<std::size_t> cutsFor(std::size_t tokenBudget) const;
  // New tokens of each forest between two cuts.
  std::vector<std::size_t> sizesOf(const std::vector<std::size_t>& cuts) const;
  std::vector<Forest> build(const std::vector<std::size_t>& cuts) const;

 private:
  const std::vector<ForestPrompt>& prompts_;
  std::vector<std::size_t> order_;
  std::vector<std::size_t> sizes_;   // of the prompts, in order, as all below
  std::vector<std::size_t> common_;  // first tokens that the prompt before has too
  std::vector<std::size_t> shared_;  // of these, the ones that are shared
};

// New tokens of all of them.
std::size_t tokenCount(const std::vector<Forest>& forests);

}  // namespace canvass
