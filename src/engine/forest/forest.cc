#include "engine/forest/forest.h"

#include <algorithm>
#include <limits>
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

// What a forest costs besides its tokens, in tokens: where nothing is shared, cutting is free, and
// small forests multiply slowly.
constexpr std::size_t costOfForest = 16;

// Grows one forest by prompts in lexicographic order.
class ForestBuilder {
 public:
  // shared: the prompt's first tokens that are the last one's too.
  void add(const ForestPrompt& asked, std::size_t index, std::size_t shared) {
    const Sequence& prompt = *asked.tokens;
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

  Forest forest_;
  std::vector<Answer> answers_;
  std::vector<std::int32_t> path_;  // rows of the last prompt, from its root
};

}  // namespace

ForestPrompt answeredAtEnd(const Sequence& tokens) { return {&tokens, {tokens.size() - 1}}; }

OrderedPrompts::OrderedPrompts(const std::vector<ForestPrompt>& prompts,
                               std::size_t minimumSharedPrefix)
    : prompts_(prompts), order_(lexicographicOrder(prompts)) {
  const Sequence none;
  const Sequence* last = &none;
  for (const std::size_t index : order_) {
    const Sequence& prompt = *prompts[index].tokens;
    const std::size_t common = commonPrefix(*last, prompt);
    const bool isShared = common >= minimumSharedPrefix || common == prompt.size();
    sizes_.push_back(prompt.size());
    common_.push_back(common);
    shared_.push_back(isShared ? common : 0);
    last = &prompt;
  }
}

std::size_t OrderedPrompts::distinctTokens() const {
  return std::accumulate(sizes_.begin(), sizes_.end(), std::size_t{0}) -
         std::accumulate(common_.begin(), common_.end(), std::size_t{0});
}

// Cutting before a prompt repeats what it shares. The best way to lay the first i prompts extends
// the best way to lay fewer of them.
std::vector<std::size_t> OrderedPrompts::cutsFor(std::size_t tokenBudget) const {
  const std::size_t count = sizes_.size();
  std::vector<std::size_t> best(count + 1, 0);   // cost of the first i prompts, less their tokens
  std::vector<std::size_t> start(count + 1, 0);  // of the last forest of these
  for (std::size_t end = 1; end <= count; ++end) {
    best[end] = std::numeric_limits<std::size_t>::max();
    std::size_t added = 0;  // by the prompts after `first`
    for (std::size_t first = end; first-- > 0;) {
      if (first + 1 < end && added + sizes_[first] > tokenBudget) break;
      // A prompt that adds nothing stays with the one before.
      const bool mayStart = shared_[first] < sizes_[first] || first + 1 == end;
      const std::size_t cost = best[first] + shared_[first] + costOfForest;
      if (mayStart && cost < best[end]) {
        best[end] = cost;
        start[end] = first;
      }
      added += sizes_[first] - shared_[first];
    }
  }
  std::vector<std::size_t> cuts = {count};
  while (cuts.back() > 0) cuts.push_back(start[cuts.back()]);
  std::reverse(cuts.begin(), cuts.end());
  return cuts;
}

std::vector<std::size_t> OrderedPrompts::sizesOf(const std::vector<std::size_t>& cuts) const {
  std::vector<std::size_t> sizes;
  for (std::size_t cut = 0; cut + 1 < cuts.size(); ++cut) {
    std::size_t tokens = shared_[cuts[cut]];  // which the forest before cannot share with this one
    for (std::size_t i = cuts[cut]; i < cuts[cut + 1]; ++i) tokens += sizes_[i] - shared_[i];
    sizes.push_back(tokens);
  }
  return sizes;
}

std::vector<Forest> OrderedPrompts::build(const std::vector<std::size_t>& cuts) const {
  std::vector<Forest> forests;
  for (std::size_t cut = 0; cut + 1 < cuts.size(); ++cut) {
    ForestBuilder builder;
    for (std::size_t i = cuts[cut]; i < cuts[cut + 1]; ++i) {
      builder.add(prompts_[order_[i]], order_[i], i == cuts[cut] ? 0 : shared_[i]);
    }
    forests.push_back(builder.finish());
  }
  return forests;
}

std::vector<Forest> buildForests(const std::vector<ForestPrompt>& prompts,
                                 const ForestOptions& options) {
  const OrderedPrompts ordered(prompts, options.minimumSharedPrefix);
  return ordered.build(ordered.cutsFor(options.tokenBudget));
}

std::size_t tokenCount(const std::vector<Forest>& forests) {
  std::size_t count = 0;
  for (const Forest& forest : forests) count += forest.tokens.size();
  return count;
}

}  // namespace canvass
