#include "engine/forest/forest_plan.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace canvass {
namespace {

// With many rounds, the last one, in which some workers are idle, is a small part of the time.
constexpr std::size_t manyRounds = 16;

// Tokens of the worker with the most, if workers take forests of these sizes in turn.
std::size_t longestWork(const std::vector<std::size_t>& sizes, std::size_t workers) {
  std::vector<std::size_t> tokens(workers, 0);
  for (std::size_t i = 0; i < sizes.size(); ++i) tokens[i % workers] += sizes[i];
  return std::ranges::max(tokens);
}

}  // namespace

void overForests(const ForestPlan& plan,
                 const std::function<void(std::size_t worker, std::size_t forest)>& work) {
  const std::size_t workers = plan.workers.workers;
  runWorkers(plan.workers, [&](std::size_t worker) {
    for (std::size_t i = worker; i < plan.forests.size(); i += workers) work(worker, i);
  });
}

ForestPlan planForests(const std::vector<ForestPrompt>& prompts, const ForestOptions& options,
                       int threads) {
  const OrderedPrompts ordered(prompts, options.minimumSharedPrefix);
  std::vector<std::size_t> cuts = ordered.cutsFor(options.tokenBudget);
  const std::vector<std::size_t> sizes = ordered.sizesOf(cuts);
  const std::size_t tokens = std::accumulate(sizes.begin(), sizes.end(), std::size_t{0});
  const WorkerPlan plan = planWorkers(tokens, threads);
  const std::size_t rounds = (sizes.size() + plan.workers - 1) / plan.workers;
  if (plan.workers > 1 && rounds <= manyRounds) {
    // Trees are not cut anywhere, and cutting repeats their first tokens: of budgets from an even
    // share to twice as much, the one with which the workers end first.
    const std::size_t share = tokens / (rounds * plan.workers);
    std::size_t longest = longestWork(sizes, plan.workers);
    for (std::size_t budget = share; budget < std::min(2 * share, options.tokenBudget);
         budget += std::max<std::size_t>(budget / 32, 1)) {
      std::vector<std::size_t> others = ordered.cutsFor(budget);
      const std::size_t work = longestWork(ordered.sizesOf(others), plan.workers);
      if (work >= longest) continue;
      longest = work;
      cuts = std::move(others);
    }
  }
  return {ordered.build(cuts), plan, ordered.distinctTokens()};
}

}  // namespace canvass
