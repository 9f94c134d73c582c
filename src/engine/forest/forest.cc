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
std::vector<std::size_t> lexicographicOrder(const std::vector<const Sequence*>& prompts) {
  std::vector<std::size_t> order(prompts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return *prompts[a] < *prompts[b]; });
  return order;
}

// Grows one forest by prompts in lexicographic order.
class ForestBuilder {
 public:
  explicit ForestBuilder(const ForestOptions& options) : options_(options) {}

  // New tokens that the prompt would add.
  std::size_t cost(const Sequence& prompt) const { return prompt.size() - sharedWith(prompt); }
  std::size_t size() const { return forest_.tokens.size(); }

  void add(const Sequence& prompt, std::size_t index) {
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
    forest_.answerRows.push_back(path_.back());
    forest_.prompts.push_back(index);
    last_ = &prompt;
  }

  Forest finish() { return std::move(forest_); }

 private:
  std::size_t sharedWith(const Sequence& prompt) const {
    if (last_ == nullptr) return 0;
    const std::size_t common = commonPrefix(*last_, prompt);
    return common >= options_.minimumSharedPrefix || common == prompt.size() ? common : 0;
  }

  ForestOptions options_;
  Forest forest_;
  const Sequence* last_ = nullptr;
  std::vector<std::int32_t> path_;  // rows of the last prompt, from its root
};

}  // namespace

std::vector<Forest> buildForests(const std::vector<const Sequence*>& prompts,
                                 const ForestOptions& options) {
  std::vector<Forest> forests;
  ForestBuilder builder(options);
  for (const std::size_t index : lexicographicOrder(prompts)) {
    const Sequence& prompt = *prompts[index];
    if (builder.size() > 0 && builder.size() + builder.cost(prompt) > options.tokenBudget) {
      forests.push_back(builder.finish());
      builder = ForestBuilder(options);
    }
    builder.add(prompt, index);
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
