#include "microdata/draft/toml_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "microdata/variable.h"

namespace canvass {
namespace {

std::string codeToml(const std::string& code) {
  const Value value = valueOf(code);
  return value.kind == Value::Kind::number && value.text.empty() ? code : tomlText(code);
}

}  // namespace

std::string tomlText(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') result += '\\';
    if (byte >= 0x20 && byte != 0x7F) {
      result += c;
    } else {
      result += fmt::format("\\u{:04X}", byte);
    }
  }
  return result + '"';
}

std::string comment(std::string_view text) {
  std::string line(text);
  // None of these may stand in a comment.
  const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  std::replace_if(line.begin(), line.end(), isControl, ' ');
  return line;
}

std::string codeList(const std::vector<std::string>& codes) {
  std::vector<std::string> texts;
  for (const std::string& code : codes) texts.push_back(codeToml(code));
  return fmt::format("[{}]", fmt::join(texts, ", "));
}

std::string codeKey(const std::vector<std::string>& codes) {
  return codes.size() == 1 ? "code = " + codeToml(codes.front()) : "codes = " + codeList(codes);
}

}  // namespace canvass
