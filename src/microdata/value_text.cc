#include "microdata/value_text.h"

#include <fmt/format.h>

namespace canvass {
namespace {

constexpr std::size_t maxShown = 60;  // bytes of a value

}  // namespace

std::string shortCode(const Value& value) {
  const std::string text = codeText(value);
  if (text.size() <= maxShown) return text;
  std::size_t end = maxShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

std::string describe(const Value& value) {
  const std::string code = shortCode(value);
  return code.empty() ? "an empty value" : fmt::format("code \"{}\"", code);
}

std::string describe(const Value& value, const Variable& variable) {
  const std::string label = variable.labelOf(codeText(value));
  return label.empty() ? describe(value) : fmt::format("{} \"{}\"", describe(value), label);
}

}  // namespace canvass
