#include "tasks/audit_task.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.h"
#include "base/list_text.h"

namespace canvass {

std::vector<std::string> overlapNames() {
  std::vector<std::string> names;
  for (const OverlapKind kind : overlapKinds()) names.emplace_back(overlapName(kind));
  return names;
}

void requireNoOverlap(const std::vector<PartPair>& pairs, const std::vector<std::string>& allowed) {
  std::vector<std::string> found;
  for (const OverlapKind kind : overlapKinds()) {
    if (std::ranges::find(allowed, overlapName(kind)) != allowed.end()) continue;
    std::size_t count = 0;
    for (const PartPair& pair : pairs) count += countOverlaps(pair, kind);
    if (count > 0) found.push_back(fmt::format("{} {}", grouped(count), overlapName(kind)));
  }
  if (found.empty()) return;
  throw Error(fmt::format("the parts overlap: {}", fmt::join(found, ", ")), {},
              "name what the parts may share with --allow");
}

}  // namespace canvass
