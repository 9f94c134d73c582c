#include "microdata/counts_text.h"

#include <fmt/format.h>

#include "base/list_text.h"

namespace canvass {

std::pair<std::size_t, std::string> countsText(const std::map<std::string, std::size_t>& counts) {
  std::size_t total = 0;
  std::vector<std::string> parts;
  for (const auto& [value, count] : counts) {
    total += count;
    parts.push_back(fmt::format("{}: {}", value, count));
  }
  return {total, listText(parts)};
}

}  // namespace canvass
