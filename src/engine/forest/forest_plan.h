#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "engine/forest/forest.h"
#include "engine/forest/workers.h"

namespace canvass {

// Forests, and the workers that compute them.
struct ForestPlan {
  std::vector<Forest> forests;
  WorkerPlan workers;
  std::size_t distinctTokens = 0;  // what one forest without a budget would compute
};

// Calls work(worker, forest) for every forest, each worker its own ones in order; which worker
// takes which depends on the plan alone.
void overForests(const ForestPlan& plan,
                 const std::function<void(std::size_t worker, std::size_t forest)>& work);

// buildForests() for this many threads: forests of about equal size, a multiple of the workers, so
// that workers who each take one at a time end together.
ForestPlan planForests(const std::vector<ForestPrompt>& prompts, const ForestOptions& options,
                       int threads);

}  // namespace canvass
