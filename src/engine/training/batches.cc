#include "engine/training/batches.h"

#include <algorithm>
#include <map>

namespace canvass {
namespace {

using Indices = std::vector<std::size_t>;

std::vector<Indices> shuffledGroups(const std::vector<std::size_t>& groups, RandomStream& random) {
  std::map<std::size_t, Indices> members;
  for (std::size_t i = 0; i < groups.size(); ++i) members[groups[i]].push_back(i);
  std::vector<Indices> shuffled;
  for (auto& [group, items] : members) {
    random.shuffle(items);
    shuffled.push_back(std::move(items));
  }
  return shuffled;
}

std::vector<Indices> cut(const Indices& items, std::size_t length) {
  std::vector<Indices> pieces;
  for (std::size_t begin = 0; begin < items.size(); begin += length) {
    const std::size_t end = std::min(items.size(), begin + length);
    pieces.emplace_back(items.begin() + static_cast<long>(begin),
                        items.begin() + static_cast<long>(end));
  }
  return pieces;
}

}  // namespace

std::vector<Indices> drawBatches(const std::vector<std::size_t>& groups, std::size_t batchSize,
                                 std::size_t runLength, RandomStream& random) {
  std::vector<Indices> runs;
  for (const Indices& items : shuffledGroups(groups, random)) {
    for (Indices& run : cut(items, runLength)) runs.push_back(std::move(run));
  }
  random.shuffle(runs);
  Indices order;
  for (const Indices& run : runs) order.insert(order.end(), run.begin(), run.end());
  return cut(order, batchSize);
}

}  // namespace canvass
