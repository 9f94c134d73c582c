#include "engine/forest/forest_plan.h"

#include <algorithm>
#include <utility>

namespace canvass {
namespace {

// With many rounds, the last one, in which some workers are idle, is a small part of the time.
constexpr std::size_t manyRounds = 16;

// Tokens of the worker with the most, if workers take the forests in turn.
std::size_t longestWork(const std::vector<Forest>& forests, std::size_t workers) {
  std::vector<std::size_t> tokens(workers, 0);
  for (std::size_t i = 0; i < forests.size(); ++i) tokens[i % workers] += forests[i].tokens.size();
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
  std::vector<Forest> forests = buildForests(prompts, options);
  const std::size_t tokens = tokenCount(forests);
  const WorkerPlan plan = planWorkers(tokens, threads);
  const std::size_t rounds = (forests.size() + plan.workers - 1) / plan.workers;
  if (plan.workers == 1 || rounds > manyRounds) return {std::move(forests), plan};
  // Trees are not cut anywhere, and cutting repeats their first tokens: of budgets from an even
  // share to twice as much, the one with which the workers end first.
  const std::size_t share = tokens / (rounds * plan.workers);
  std::vector<Forest> best = std::move(forests);
  ForestOptions even = options;
  for (even.tokenBudget = share; even.tokenBudget < std::min(2 * share, options.tokenBudget);
       even.tokenBudget += std::max<std::size_t>(even.tokenBudget / 32, 1)) {
    std::vector<Forest> other = buildForests(prompts, even);
    if (longestWork(other, plan.workers) < longestWork(best, plan.workers)) best = std::move(other);
  }
  return {std::move(best), plan};
}

}  // namespace canvass
