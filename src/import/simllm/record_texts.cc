#include "import/simllm/record_texts.h"

#include <fmt/format.h>

#include <cstddef>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/json.h"
#include "base/utf8.h"

namespace canvass::simllm {
namespace {

constexpr std::string_view whitespace = " \t\r\n";
constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

// Follows a JSON text byte by byte: how deep in lists and objects, and whether in a string.
class Nesting {
 public:
  void read(char c) {
    if (inString_) return readInString(c);
    if (c == '"') inString_ = true;
    if (c == '[' || c == '{') ++depth_;
    if (c == ']' || c == '}') --depth_;
  }
  // True right inside the outermost list, where a comma or a bracket ends an element.
  bool betweenElements() const { return depth_ == 1 && !inString_; }
  bool ended() const { return depth_ == 0; }

 private:
  void readInString(char c) {
    if (escaped_) {
      escaped_ = false;
    } else if (c == '\\') {
      escaped_ = true;
    } else if (c == '"') {
      inString_ = false;
    }
  }

  int depth_ = 0;
  bool inString_ = false;
  bool escaped_ = false;
};

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(whitespace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(whitespace) - begin + 1);
}

// The elements of the list that `text` is or, cut off at some byte, begins to be.
std::vector<std::string_view> splitElements(std::string_view text) {
  std::vector<std::string_view> elements;
  const std::size_t open = text.find('[');
  if (open == std::string_view::npos) return elements;
  Nesting nesting;
  nesting.read('[');
  std::size_t begin = open + 1;
  const auto endElement = [&](std::size_t end) {
    const std::string_view element = trim(text.substr(begin, end - begin));
    if (!element.empty()) elements.push_back(element);
    begin = end + 1;
  };
  for (std::size_t i = begin; i < text.size() && !nesting.ended(); ++i) {
    const bool comma = text[i] == ',' && nesting.betweenElements();
    nesting.read(text[i]);
    if (comma || nesting.ended()) endElement(i);
  }
  if (!nesting.ended()) endElement(text.size());
  return elements;
}

void checkEncoding(std::string_view text, const std::string& file) {
  const auto offset = findInvalidUtf8(text);
  if (!offset) return;
  const std::size_t record = splitElements(text.substr(0, *offset)).size();
  throw Error(fmt::format("the text is not UTF-8 at byte {} of the file", *offset),
              record == 0 ? file : recordPlace(file, record), "save the file as UTF-8");
}

void checkSyntax(std::string_view text, const std::string& file) {
  try {
    const Json::parser_callback_t dropValues = [](int, Json::parse_event_t, Json&) {
      return false;
    };
    [[maybe_unused]] const Json nothing = Json::parse(text, dropValues);
  } catch (const Json::parse_error& error) {
    throw Error(fmt::format("not valid JSON at byte {}", error.byte), file);
  } catch (const Json::out_of_range&) {
    throw Error("a number is too large", file);
  }
}

}  // namespace

std::vector<std::string_view> recordTexts(std::string_view text, const std::string& file) {
  checkEncoding(text, file);
  checkSyntax(text, file);
  if (text.starts_with(byteOrderMark)) text.remove_prefix(byteOrderMark.size());
  if (!trim(text).starts_with('[')) throw Error("the file is not a list of records", file);
  return splitElements(text);
}

}  // namespace canvass::simllm
