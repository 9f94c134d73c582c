#include "microdata/counts_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace canvass {
namespace {

constexpr std::size_t mostNamed = 20;

}  // namespace

std::pair<std::size_t, std::string> countsText(const std::map<std::string, std::size_t>& counts) {
  std::size_t total = 0;
  std::vector<std::string> parts;
  for (const auto& [value, count] : counts) {
    total += count;
    if (parts.size() < mostNamed) parts.push_back(fmt::format("{}: {}", value, count));
  }
  const char* more = counts.size() > parts.size() ? "; and others" : "";
  return {total, fmt::format("{}{}", fmt::join(parts, "; "), more)};
}

std::string listText(const std::vector<std::string>& names) {
  const std::size_t named = std::min(names.size(), mostNamed);
  const std::string more =
      names.size() > named ? fmt::format("; and {} more", names.size() - named) : "";
  const auto end = names.begin() + static_cast<std::ptrdiff_t>(named);
  return fmt::format("{}{}", fmt::join(names.begin(), end, "; "), more);
}

}  // namespace canvass
