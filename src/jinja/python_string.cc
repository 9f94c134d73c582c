#include "jinja/python_string.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "base/utf8.h"
#include "jinja/budget.h"
#include "jinja/source.h"

namespace canvass::jinja {
namespace {

using CodePoints = std::vector<char32_t>;

bool isLineEnd(char32_t c) {
  return (c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 ||
         c == 0x2029;
}

std::string encode(CodePoints::const_iterator begin, CodePoints::const_iterator end) {
  std::string text;
  for (auto it = begin; it != end; ++it) appendUtf8(text, *it);
  return text;
}

std::vector<std::string> splitAtWhiteSpace(const std::string& text, std::int64_t limit) {
  spendOnCharacters(text.size());
  const CodePoints all = decodeUtf8(text);
  std::vector<std::string> parts;
  auto begin = std::find_if_not(all.begin(), all.end(), isWhiteSpace);
  while (begin != all.end()) {
    const bool last = limit >= 0 && static_cast<std::int64_t>(parts.size()) == limit;
    if (last) {
      parts.push_back(encode(begin, all.end()));
      break;
    }
    const auto end = std::find_if(begin, all.end(), isWhiteSpace);
    spend(2 * kStepsOfItem);
    parts.push_back(encode(begin, end));
    begin = std::find_if_not(end, all.end(), isWhiteSpace);
  }
  return parts;
}

}  // namespace

bool isWhiteSpace(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 ||
         c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

std::string strip(const std::string& text, Side side,
                  const std::optional<std::string>& characters) {
  spendOnCharacters(text.size());
  if (characters) spend(characters->size());  // they are sorted
  const CodePoints all = decodeUtf8(text);
  CodePoints unwanted = characters ? decodeUtf8(*characters) : CodePoints{};
  std::sort(unwanted.begin(), unwanted.end());
  const auto goes = [&](char32_t c) {
    if (!characters) return isWhiteSpace(c);
    return std::binary_search(unwanted.begin(), unwanted.end(), c);
  };
  auto begin = all.begin();
  auto end = all.end();
  if (side != Side::right) begin = std::find_if_not(begin, end, goes);
  if (side != Side::left) {
    while (end != begin && goes(*(end - 1))) --end;
  }
  return encode(begin, end);
}

std::vector<std::string> split(const std::string& text, const std::optional<std::string>& separator,
                               std::int64_t limit) {
  if (!separator) return splitAtWhiteSpace(text, limit);
  if (separator->empty()) throw Failure{"split needs a separator that is not empty"};
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (limit < 0 || static_cast<std::int64_t>(parts.size()) < limit) {
    const std::size_t end = findIn(text, *separator, begin);
    if (end == std::string::npos) break;
    spend(2 * kStepsOfItem);
    parts.push_back(text.substr(begin, end - begin));
    begin = end + separator->size();
  }
  parts.push_back(text.substr(begin));
  return parts;
}

std::vector<std::string> splitLines(const std::string& text) {
  spendOnCharacters(text.size());
  const CodePoints all = decodeUtf8(text);
  std::vector<std::string> lines;
  auto begin = all.begin();
  while (begin != all.end()) {
    auto end = std::find_if(begin, all.end(), isLineEnd);
    spend(2 * kStepsOfItem);
    lines.push_back(encode(begin, end));
    if (end == all.end()) break;
    const bool pair = *end == '\r' && end + 1 != all.end() && *(end + 1) == '\n';
    begin = end + (pair ? 2 : 1);
  }
  return lines;
}

std::string replaced(const std::string& text, const std::string& from, const std::string& to,
                     std::int64_t limit) {
  if (from.empty()) throw Failure{"replace needs a text to look for that is not empty"};
  std::string result;
  std::size_t begin = 0;
  for (std::int64_t count = 0; limit < 0 || count < limit; ++count) {
    const std::size_t found = findIn(text, from, begin);
    if (found == std::string::npos) break;
    append(result, std::string_view(text).substr(begin, found - begin));
    append(result, to);
    begin = found + from.size();
  }
  append(result, std::string_view(text).substr(begin));
  return result;
}

std::size_t findIn(std::string_view text, std::string_view part, std::size_t from) {
  if (part.size() > text.size() - from) return std::string_view::npos;
  spendOnText(text.size() - from);
  const void* found = ::memmem(text.data() + from, text.size() - from, part.data(), part.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

std::int64_t integerOf(const std::string& digits) {
  std::int64_t number = 0;
  const char* end = digits.data() + digits.size();
  const auto [parsed, error] = std::from_chars(digits.data(), end, number);
  if (error == std::errc() && parsed == end) return number;
  throw Failure{"the integer " + digits + " does not fit into 64 bits"};
}

std::size_t whiteSpaceAt(std::string_view text, std::size_t position) {
  static constexpr std::size_t kLongest = 3;  // bytes of U+3000
  std::size_t length = 1;
  while (position + length < text.size() && length < kLongest &&
         (static_cast<unsigned char>(text[position + length]) & 0xC0) == 0x80) {
    ++length;
  }
  const std::string_view character = text.substr(position, length);
  if (findInvalidUtf8(character)) return 0;  // a longer character: never white space
  return isWhiteSpace(decodeUtf8(character)[0]) ? length : 0;
}

}  // namespace canvass::jinja
