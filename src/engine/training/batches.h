#pragma once

#include <cstddef>
#include <vector>

#include "base/random.h"

namespace canvass {

// One epoch of training batches over all items. Items of one group (question) are drawn in runs of
// up to `runLength`, so that their prompts share a prefix; runs of many groups are mixed, so that
// the items of a batch do not all pull in the same direction. runLength 1 is plain shuffling.
// groups[i]: the group of item i. Every item is in exactly one batch.
std::vector<std::vector<std::size_t>> drawBatches(const std::vector<std::size_t>& groups,
                                                  std::size_t batchSize, std::size_t runLength,
                                                  RandomStream& random);

}  // namespace canvass
