#include "microdata/group_samples.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/list_text.h"

namespace canvass {

void mergeSameGroups(std::vector<LargeGroup>& groups, std::vector<std::string>& notes) {
  std::vector<LargeGroup> kept;
  std::vector<std::string> merged;
  std::map<std::vector<std::uint32_t>, std::size_t> byMembers;
  for (LargeGroup& one : groups) {
    const auto [known, isNew] = byMembers.emplace(one.group.members, kept.size());
    if (isNew) {
      kept.push_back(std::move(one));
      continue;
    }
    LargeGroup& first = kept[known->second];
    const std::size_t minimum = std::min(first.minimum, one.minimum);
    if (one.group.population.attributes.size() > first.group.population.attributes.size()) {
      std::swap(first, one);
    }
    first.minimum = minimum;
    merged.push_back(
        fmt::format("{} (kept as {})", one.group.population.name, first.group.population.name));
  }
  groups = std::move(kept);
  noteList(merged, "population", "not kept for having the same respondents as another", notes);
}

void setSamples(std::vector<LargeGroup>& groups, std::size_t respondents) {
  std::vector<std::vector<std::uint32_t>> groupsOf(respondents);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (const std::uint32_t i : groups[g].group.members) {
      groupsOf[i].push_back(static_cast<std::uint32_t>(g));
    }
  }
  std::map<std::vector<std::uint32_t>, std::size_t> patterns;
  for (const auto& pattern : groupsOf) ++patterns[pattern];
  for (const auto& [pattern, count] : patterns) {
    for (const std::uint32_t g : pattern) {
      Population& population = groups[g].group.population;
      if (!population.sample) population.sample = {groups[g].group.members.size(), {}};
      for (const std::uint32_t other : pattern) {
        if (other != g) population.sample->shared[groups[other].group.population.id] += count;
      }
    }
  }
}

}  // namespace canvass
