#include "engine/forest/forest.h"

#include <algorithm>
#include <numeric>

namespace canvass {
namespace {

using Sequence = std::vector<TokenId>;

std::size_t commonPrefix(const Sequence& a, const Sequence& b) {
  const auto stop = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return static_cast<std::size_t>(stop.first - a.begin());
}

// Lexicographic order brings prompts with the longest common prefixes together.
std::vector<std::size_t> lexicographicOrder(const std::vector<ForestPrompt>& prompts) {
  std::vector<std::size_t> order(prompts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return *prompts[a].tokens < *prompts[b].tokens;
  });
  return order;
}

// Grows one forest by prompts in lexicographic order.
class ForestBuilder {
 public:
  explicit ForestBuilder(const ForestOptions& options) : options_(options) {}

  // New tokens that the prompt would add.
  std::size_t cost(const Sequence& prompt) const { return prompt.size() - sharedWith(prompt); }
  std::size_t size() const { return forest_.tokens.size(); }

  void add(const ForestPrompt& asked, std::size_t index) {
    const Sequence& prompt = *asked.tokens;
    const std::size_t shared = sharedWith(prompt);
    path_.resize(shared);
    if (shared == 0) forest_.trees.push_back({forest_.tokens.size(), 0});
    for (std::size_t i = shared; i < prompt.size(); ++i) {
      forest_.parents.push_back(path_.empty() ? -1 : path_.back());
      forest_.positions.push_back(static_cast<std::int32_t>(i));
      path_.push_back(static_cast<std::int32_t>(forest_.tokens.size()));
      forest_.tokens.push_back(prompt[i]);
    }
    forest_.trees.back().count = forest_.tokens.size() - forest_.trees.back().first;
    for (std::size_t slot = 0; slot < asked.slots.size(); ++slot) {
      answers_.push_back({path_.at(asked.slots[slot]), {index, slot}});
    }
    last_ = &prompt;
  }

  Forest finish() {
    // A prompt's first slots may be in tokens that it shares with an earlier one.
    std::stable_sort(answers_.begin(), answers_.end(),
                     [](const Answer& a, const Answer& b) { return a.row < b.row; });
    for (const Answer& answer : answers_) {
      forest_.answerRows.push_back(answer.row);
      forest_.slots.push_back(answer.slot);
    }
    return std::move(forest_);
  }

 private:
  struct Answer {
    std::int32_t row;
    PromptSlot slot;
  };

  std::size_t sharedWith(const Sequence& prompt) const {
    if (last_ == nullptr) return 0;
    const std::size_t common = commonPrefix(*last_, prompt);
    return common >= options_.minimumSharedPrefix || common == prompt.size() ? common : 0;
  }

  ForestOptions options_;
  Forest forest_;
  std::vector<Answer> answers_;
  const Sequence* last_ = nullptr;
  std::vector<std::int32_t> path_;  // rows of the last prompt, from its root
};

}  // namespace

ForestPrompt answeredAtEnd(const Sequence& tokens) { return {&tokens, {tokens.size() - 1}}; }

std::vector<Forest> buildForests(const std::vector<ForestPrompt>& prompts,
                                 const ForestOptions& options) {
  std::vector<Forest> forests;
  ForestBuilder builder(options);
  for (const std::size_t index : lexicographicOrder(prompts)) {
    const std::size_t cost = builder.cost(*prompts[index].tokens);
    if (builder.size() > 0 && builder.size() + cost > options.tokenBudget) {
      forests.push_back(builder.finish());
      builder = ForestBuilder(options);
    }
    builder.add(prompts[index], index);
  }
  if (builder.size() > 0) forests.push_back(builder.finish());
  return forests;
}

std::size_t tokenCount(const std::vector<Forest>& forests) {
  std::size_t count = 0;
  for (const Forest& forest : forests) count += forest.tokens.size();
  return count;
}

}  // namespace canvass
