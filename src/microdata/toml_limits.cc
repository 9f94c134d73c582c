#include "microdata/toml_limits.h"

#include <algorithm>

namespace canvass {
namespace {

// The length of the text in quotes that begins here, quotes included; its end may be missing.
std::size_t quotedLength(std::string_view text) {
  const char quote = text.front();
  const bool hasEscapes = quote == '"';
  const std::string_view three = quote == '"' ? R"(""")" : "'''";
  const bool isLong = text.starts_with(three);
  const std::string_view closing = isLong ? three : three.substr(0, 1);
  std::size_t at = closing.size();
  while (at < text.size() && !text.substr(at).starts_with(closing)) {
    if (!isLong && text[at] == '\n') return at;
    at += hasEscapes && text[at] == '\\' ? 2 : 1;
  }
  return std::min(at + closing.size(), text.size());
}

}  // namespace

std::optional<std::size_t> lineOfDeepTomlKey(std::string_view toml) {
  std::size_t line = 1;
  std::size_t dots = 0;  // since the last character that cannot be inside of a key
  while (!toml.empty()) {
    std::size_t length = 1;
    const char next = toml.front();
    if (next == '"' || next == '\'') length = quotedLength(toml);
    if (next == '#') length = std::min(toml.find('\n'), toml.size());
    if (next == '.' && ++dots >= deepestTomlKey) return line;
    if (std::string_view("=,[]{}\n").find(next) != std::string_view::npos) dots = 0;
    const std::string_view passed = toml.substr(0, length);
    line += static_cast<std::size_t>(std::count(passed.begin(), passed.end(), '\n'));
    toml.remove_prefix(length);
  }
  return std::nullopt;
}

}  // namespace canvass
