#include "engine/forest/forest_plan.h"

#include <algorithm>
#include <utility>

namespace canvass {
namespace {

// With many rounds, the last one, in which some workers are idle, is a small part of the time.
constexpr std::size_t manyRounds = 16;

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
  const std::size_t wanted = rounds * plan.workers;
  // Cutting a tree repeats its first tokens, and no forest is filled to the last token: the even
  // share grows until it suffices.
  ForestOptions even = options;
  even.tokenBudget = tokens / wanted;
  std::vector<Forest> balanced;
  do {
    even.tokenBudget += std::max<std::size_t>(even.tokenBudget / 32, 1);
    if (even.tokenBudget >= options.tokenBudget) return {std::move(forests), plan};
    balanced = buildForests(prompts, even);
  } while (balanced.size() > wanted);
  return {std::move(balanced), plan};
}

}  // namespace canvass
