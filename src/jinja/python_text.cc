#include "jinja/python_text.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <cmath>

#include "base/utf8.h"
#include "jinja/budget.h"
#include "jinja/source.h"

namespace canvass::jinja {
namespace {

bool isPrintable(char32_t codePoint) {
  if (codePoint == ' ') return true;
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(codePoint))) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_ZS:
      return false;
    default:
      return true;
  }
}

std::string escapedCharacter(char32_t codePoint) {
  if (codePoint == '\n') return "\\n";
  if (codePoint == '\r') return "\\r";
  if (codePoint == '\t') return "\\t";
  const auto number = static_cast<std::uint32_t>(codePoint);
  if (number < 0x100) return fmt::format("\\x{:02x}", number);
  if (number < 0x10000) return fmt::format("\\u{:04x}", number);
  return fmt::format("\\U{:08x}", number);
}

// Python prefers ', and uses " if that saves escaping.
std::string quoted(const std::string& text) {
  const bool single = text.find('\'') == std::string::npos || text.find('"') != std::string::npos;
  spendOnCharacters(text.size());
  const char quote = single ? '\'' : '"';
  std::string result(1, quote);
  for (const char32_t codePoint : decodeUtf8(text)) {
    if (codePoint == '\\' || codePoint == static_cast<char32_t>(quote)) result += '\\';
    if (isPrintable(codePoint)) {
      appendUtf8(result, codePoint);
    } else {
      result += escapedCharacter(codePoint);
    }
  }
  return result + quote;
}

std::string joinQuoted(const std::vector<Value>& items) {
  std::string text;
  for (const Value& item : items) {
    if (!text.empty()) text += ", ";
    append(text, quotedTextOf(item));
  }
  return text;
}

std::string sequenceText(const Sequence& sequence) {
  const std::string inside = joinQuoted(sequence.items);
  if (sequence.kind == Sequence::Kind::list) return "[" + inside + "]";
  if (sequence.kind == Sequence::Kind::tuple) {
    return "(" + inside + (sequence.items.size() == 1 ? ",)" : ")");
  }
  throw Failure{typeName(makeSequence(sequence.kind, {})) +
                " cannot be printed; turn it into a list first"};
}

std::string mappingText(const Value& value) {
  const Mapping* dictionary = value.mapping(Mapping::Kind::dictionary);
  if (dictionary == nullptr) throw Failure{typeName(value) + " cannot be printed"};
  std::string text;
  for (const auto& [key, element] : dictionary->entries) {
    if (!text.empty()) text += ", ";
    append(text, quotedTextOf(key) + ": ");
    append(text, quotedTextOf(element));
  }
  return "{" + text + "}";
}

}  // namespace

std::string floatText(double number) {
  if (std::isnan(number)) return "nan";
  if (std::isinf(number)) return number < 0 ? "-inf" : "inf";
  // fmt's shortest form switches to exponents where Python's does.
  const std::string text = fmt::format("{}", number);
  const bool whole = text.find_first_of(".e") == std::string::npos;
  return whole ? text + ".0" : text;
}

std::string textOf(const Value& value) {
  spend(1);
  spendOnCopy(value);
  if (value.is<Undefined>()) return {};
  if (value.is<None>()) return "None";
  if (const bool* truth = value.as<bool>()) return *truth ? "True" : "False";
  if (const auto* number = value.as<std::int64_t>()) return std::to_string(*number);
  if (const double* number = value.as<double>()) return floatText(*number);
  if (const auto* text = value.as<std::string>()) return *text;
  if (const auto* safe = value.as<SafeText>()) return safe->text;
  if (const Sequence* sequence = value.sequence()) return sequenceText(*sequence);
  if (value.mapping() != nullptr) return mappingText(value);
  throw Failure{typeName(value) + " cannot be printed; is a call's () missing?"};
}

std::string quotedTextOf(const Value& value) {
  if (value.is<Undefined>()) return "Undefined";
  if (value.is<SafeText>()) throw Failure{typeName(value) + " cannot be printed inside a list"};
  if (const auto* text = value.as<std::string>()) return quoted(*text);
  return textOf(value);
}

}  // namespace canvass::jinja
