#include "text/lines.h"

#include <algorithm>

namespace canvass {

std::string_view takeLine(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view trimmed(std::string_view text, std::string_view characters) {
  const std::size_t begin = text.find_first_not_of(characters);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(characters) - begin + 1);
}

std::string withSingleBlanks(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  std::string result;
  for (text = trimmed(text, blanks); !text.empty(); text = trimmed(text, blanks)) {
    const std::string_view word = text.substr(0, text.find_first_of(blanks));
    if (!result.empty()) result += ' ';
    result += word;
    text.remove_prefix(word.size());
  }
  return result;
}

std::string asciiLowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace canvass
