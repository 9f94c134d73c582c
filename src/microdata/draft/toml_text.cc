#include "microdata/draft/toml_text.h"

#include <fmt/format.h>

#include <cstdint>

#include "base/utf8.h"
#include "microdata/variable.h"
#include "text/one_line.h"

namespace canvass {
namespace {

std::string codeToml(const std::string& code) {
  const Value value = valueOf(code);
  return value.kind == Value::Kind::number && value.text.empty() ? code : tomlText(code);
}

}  // namespace

std::string tomlText(std::string_view text) {
  std::string result = "\"";
  while (!text.empty()) {
    const Letter letter = firstLetter(text);
    text.remove_prefix(letter.bytes.size());
    if (letter.bytes == "\"" || letter.bytes == "\\") {
      result += fmt::format("\\{}", letter.bytes);
    } else if (letter.bytes != "\n" && visible(letter.bytes) == letter.bytes) {
      result += letter.bytes;
    } else {
      result +=
          fmt::format("\\u{:04X}", static_cast<std::uint32_t>(letter.codePoint.value_or(0xFFFD)));
    }
  }
  return result + '"';
}

std::string comment(std::string_view text) { return visible(onOneLine(text)); }

std::string codeList(const std::vector<std::string>& codes) {
  std::vector<std::string> texts;
  for (const std::string& code : codes) texts.push_back(codeToml(code));
  return fmt::format("[{}]", fmt::join(texts, ", "));
}

std::string codeKey(const std::vector<std::string>& codes) {
  return codes.size() == 1 ? "code = " + codeToml(codes.front()) : "codes = " + codeList(codes);
}

}  // namespace canvass
