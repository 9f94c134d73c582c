#include "text/near_matches.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

namespace canvass {
namespace {

// Names longer than this are not compared letter by letter, which takes the product of their
// lengths: nobody mistypes them.
constexpr std::size_t kMaxCompared = 100;
constexpr std::size_t kFar = static_cast<std::size_t>(-1);

// Optimal string alignment distance in bytes: insertions, deletions, replacements, and swaps of two
// neighboring letters, no position being edited twice. kFar if it is certain to be above `allowed`,
// which most names are after a few letters.
std::size_t editDistance(std::string_view a, std::string_view b, std::size_t allowed) {
  const std::size_t difference = std::max(a.size(), b.size()) - std::min(a.size(), b.size());
  if (difference > allowed || std::max(a.size(), b.size()) > kMaxCompared) return kFar;
  std::vector<std::size_t> beforeLast(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    beforeLast.swap(last);
    last.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], beforeLast[j - 2] + 1);
    }
    // What follows builds on this row, or by a swap on the one before.
    const std::size_t least = std::min(*std::min_element(row.begin(), row.end()),
                                       *std::min_element(last.begin(), last.end()));
    if (least > allowed) return kFar;
  }
  return row.back();
}

// The distance of a candidate that may have been meant, nothing for others. One that contains the
// name is as far as the letters around it are many.
std::optional<std::size_t> nearness(std::string_view name, std::string_view candidate) {
  const std::size_t allowed = std::max<std::size_t>(1, name.size() / 3);
  const std::size_t distance = editDistance(name, candidate, allowed);
  if (distance <= allowed) return distance;
  if (name.empty() || candidate.find(name) == candidate.npos) return std::nullopt;
  return candidate.size() - name.size();
}

}  // namespace

std::vector<std::string> nearMatches(std::string_view name,
                                     const std::vector<std::string>& candidates,
                                     std::size_t limit) {
  const std::string wanted = asciiLowerCase(name);
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const std::string& candidate : candidates) {
    const std::string lower = asciiLowerCase(candidate);
    if (const auto distance = nearness(wanted, lower)) near.emplace_back(*distance, candidate);
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

std::string choiceOf(std::string_view name, const std::vector<std::string>& candidates) {
  if (!nearMatches(name, candidates).empty()) return suggestion(name, candidates);
  return fmt::format("choose one of {}", fmt::join(candidates, ", "));
}

}  // namespace canvass
