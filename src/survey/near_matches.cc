#include "survey/near_matches.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

namespace canvass {
namespace {

std::string lowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

// Levenshtein's distance in bytes: insertions, deletions and replacements.
std::size_t editDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

bool isNear(std::string_view name, std::string_view candidate, std::size_t distance) {
  const std::size_t allowed = std::max<std::size_t>(1, name.size() / 3);
  return distance <= allowed || (!name.empty() && candidate.find(name) != candidate.npos);
}

}  // namespace

std::vector<std::string> nearMatches(std::string_view name,
                                     const std::vector<std::string>& candidates,
                                     std::size_t limit) {
  const std::string wanted = lowerCase(name);
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const std::string& candidate : candidates) {
    const std::string lower = lowerCase(candidate);
    const std::size_t distance = editDistance(wanted, lower);
    if (isNear(wanted, lower, distance)) near.emplace_back(distance, candidate);
  }
  std::sort(near.begin(), near.end());
  near.erase(std::unique(near.begin(), near.end()), near.end());
  std::vector<std::string> names;
  for (const auto& [distance, candidate] : near) {
    if (names.size() < limit) names.push_back(candidate);
  }
  return names;
}

std::string suggestion(std::string_view name, const std::vector<std::string>& candidates) {
  const std::vector<std::string> near = nearMatches(name, candidates);
  if (!near.empty()) return fmt::format("did you mean \"{}\"?", fmt::join(near, "\" or \""));
  if (candidates.empty()) return "there are none";
  return fmt::format("there are {}, such as \"{}\"", candidates.size(), candidates.front());
}

}  // namespace canvass
