#pragma once

#include <vector>

#include "engine/forest.h"
#include "engine/workers.h"

namespace canvass {

// Forests, and the workers that compute them.
struct ForestPlan {
  std::vector<Forest> forests;
  WorkerPlan workers;
};

// buildForests() for so many threads: forests of about equal size, a multiple of the workers, so
// that workers who each take one at a time end together.
ForestPlan planForests(const std::vector<const std::vector<TokenId>*>& prompts,
                       const ForestOptions& options, int threads);

}  // namespace canvass
