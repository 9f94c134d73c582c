#include "recalibration/isotonic.h"

#include <algorithm>

#include "base/error.h"

namespace canvass {
namespace {

// Neighboring predictions that share one value.
struct Block {
  double first;  // predictions
  double last;
  double mean;  // of the observed values
  double weight;
};

void absorb(Block& block, const Block& next) {
  const double weight = block.weight + next.weight;
  block.mean = (block.weight * block.mean + next.weight * next.mean) / weight;
  block.weight = weight;
  block.last = next.last;
}

}  // namespace

std::vector<IsotonicKnot> fitIsotonic(std::vector<WeightedPair> pairs) {
  if (pairs.empty()) throw Error("there is nothing to fit a rising function on");
  std::ranges::stable_sort(pairs, {}, &WeightedPair::predicted);
  std::vector<Block> equal;
  for (const WeightedPair& pair : pairs) {
    const Block block{pair.predicted, pair.predicted, pair.observed, pair.weight};
    if (!equal.empty() && equal.back().last == pair.predicted) {
      absorb(equal.back(), block);
    } else {
      equal.push_back(block);
    }
  }
  std::vector<Block> blocks;
  for (const Block& block : equal) {
    blocks.push_back(block);
    while (blocks.size() > 1 && blocks[blocks.size() - 2].mean >= blocks.back().mean) {
      absorb(blocks[blocks.size() - 2], blocks.back());
      blocks.pop_back();
    }
  }
  std::vector<IsotonicKnot> knots;
  for (const Block& block : blocks) {
    knots.push_back({block.first, block.mean});
    if (block.last > block.first) knots.push_back({block.last, block.mean});
  }
  return knots;
}

double valueAt(std::span<const IsotonicKnot> knots, double predicted) {
  const auto above = std::ranges::lower_bound(knots, predicted, {}, &IsotonicKnot::predicted);
  if (above == knots.begin()) return knots.front().calibrated;
  if (above == knots.end()) return knots.back().calibrated;
  const IsotonicKnot& below = *(above - 1);
  const double share = (predicted - below.predicted) / (above->predicted - below.predicted);
  return below.calibrated + share * (above->calibrated - below.calibrated);
}

}  // namespace canvass
