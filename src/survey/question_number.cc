#include "survey/question_number.h"

#include <charconv>

namespace canvass {

std::optional<std::uint64_t> questionNumber(std::string_view id) {
  if (id.starts_with('Q') || id.starts_with('q')) id.remove_prefix(1);
  std::uint64_t number = 0;
  const char* end = id.data() + id.size();
  const auto result = std::from_chars(id.data(), end, number);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return number;
}

}  // namespace canvass
