#include "jinja/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/utf8.h"
#include "jinja/budget.h"
#include "jinja/operators.h"
#include "jinja/python_text.h"
#include "jinja/source.h"

namespace canvass::jinja {
namespace {

std::string asciiEscape(char32_t codePoint) {
  const auto number = static_cast<std::uint32_t>(codePoint);
  if (number < 0x10000) return fmt::format("\\u{:04x}", number);
  const std::uint32_t rest = number - 0x10000;
  return fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + (rest >> 10), 0xDC00 + (rest & 0x3FF));
}

void appendEscaped(std::string& text, char32_t codePoint, bool asciiOnly) {
  switch (codePoint) {
    case '"':
      text += "\\\"";
      return;
    case '\\':
      text += "\\\\";
      return;
    case '\n':
      text += "\\n";
      return;
    case '\r':
      text += "\\r";
      return;
    case '\t':
      text += "\\t";
      return;
    case '\b':
      text += "\\b";
      return;
    case '\f':
      text += "\\f";
      return;
    default:
      break;
  }
  if (codePoint < 0x20 || (asciiOnly && codePoint > 0x7E)) {
    text += asciiEscape(codePoint);
  } else {
    appendUtf8(text, codePoint);
  }
}

std::string quotedForJson(const std::string& text, bool asciiOnly) {
  spendOnCharacters(text.size());
  std::string result = "\"";
  for (const char32_t codePoint : decodeUtf8(text)) appendEscaped(result, codePoint, asciiOnly);
  return result + "\"";
}

std::string numberForJson(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  return floatText(number);
}

class JsonPrinter {
 public:
  explicit JsonPrinter(const JsonStyle& style) : style_(style) {}

  std::string print(const Value& value) {
    spend(1);
    if (value.is<None>()) return "null";
    if (const bool* truth = value.as<bool>()) return *truth ? "true" : "false";
    if (const auto* number = value.as<std::int64_t>()) return std::to_string(*number);
    if (const double* number = value.as<double>()) return numberForJson(*number);
    if (const auto* text = value.as<std::string>()) return quotedForJson(*text, style_.asciiOnly);
    if (value.sequence(Sequence::Kind::list) || value.sequence(Sequence::Kind::tuple)) {
      return printSequence(*value.sequence());
    }
    if (const Mapping* dictionary = value.mapping(Mapping::Kind::dictionary)) {
      return printDictionary(*dictionary);
    }
    throw Failure{typeName(value) + " has no form in JSON"};
  }

 private:
  std::string printSequence(const Sequence& sequence) {
    std::vector<std::string> parts;
    ++depth_;
    for (const Value& item : sequence.items) parts.push_back(print(item));
    --depth_;
    return enclose('[', parts, ']');
  }

  std::string printDictionary(const Mapping& dictionary) {
    auto entries = dictionary.entries;
    if (style_.sortKeys) {
      std::stable_sort(entries.begin(), entries.end(),
                       [](const auto& a, const auto& b) { return isLess(a.first, b.first); });
    }
    std::vector<std::string> parts;
    ++depth_;
    for (const auto& [key, value] : entries) {
      std::string& part = parts.emplace_back(printKey(key));
      append(part, style_.keySeparator);
      append(part, print(value));
    }
    --depth_;
    return enclose('{', parts, '}');
  }

  std::string printKey(const Value& key) {
    if (const auto* text = key.as<std::string>()) return quotedForJson(*text, style_.asciiOnly);
    if (key.is<None>() || key.isNumber()) return '"' + print(key) + '"';
    throw Failure{typeName(key) + " cannot be a key in JSON"};
  }

  std::string enclose(char open, const std::vector<std::string>& parts, char close) const {
    std::string text(1, open);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i > 0) append(text, style_.itemSeparator);
      breakLine(text, depth_ + 1);
      append(text, parts[i]);
    }
    if (!parts.empty()) breakLine(text, depth_);
    return text + close;
  }

  void breakLine(std::string& text, int depth) const {
    if (!style_.indent) return;
    text += '\n';
    for (int i = 0; i < depth; ++i) append(text, *style_.indent);
  }

  const JsonStyle& style_;
  int depth_ = 0;
};

}  // namespace

std::string jsonTextOf(const Value& value, const JsonStyle& style) {
  return JsonPrinter(style).print(value);
}

}  // namespace canvass::jinja
