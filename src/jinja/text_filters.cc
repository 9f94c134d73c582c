#include <utf8proc.h>

#include <charconv>
#include <cmath>
#include <limits>

#include "base/utf8.h"
#include "jinja/arguments.h"
#include "jinja/budget.h"
#include "jinja/filters.h"
#include "jinja/json_text.h"
#include "jinja/operators.h"
#include "jinja/python_string.h"
#include "jinja/python_text.h"
#include "jinja/source.h"

namespace canvass::jinja {
namespace {

// The text that a text filter works on: str() of anything but safe text, which would stay safe.
std::string plainText(const Value& value) {
  if (value.is<SafeText>()) throw Failure{"text marked safe can only be printed"};
  return textOf(value);
}

Value trimFilter(const Value& input, const Arguments& arguments) {
  const Parameters parameters("trim", arguments, {"chars"});
  const Value* characters = parameters.find("chars");
  if (characters == nullptr || characters->is<None>()) return strip(plainText(input), Side::both);
  return strip(plainText(input), Side::both, requireString(*characters, "'chars' of trim"));
}

template <std::string (*convert)(const std::string&)>
Value caseFilter(const Value& input, const Arguments& arguments) {
  Parameters("a filter without arguments", arguments, {});
  return convert(plainText(input));
}

Value replaceFilter(const Value& input, const Arguments& arguments) {
  const Parameters parameters("replace", arguments, {"old", "new", "count"});
  return replaced(textOf(input), textOf(parameters.require("old")),
                  textOf(parameters.require("new")), parameters.integer("count", -1));
}

Value stringFilter(const Value& input, const Arguments& arguments) {
  Parameters("string", arguments, {});
  return input.is<SafeText>() ? input : Value(textOf(input));
}

Value safeFilter(const Value& input, const Arguments& arguments) {
  Parameters("safe", arguments, {});
  return SafeText{textOf(input)};
}

std::string indentation(const Value* width) {
  if (width == nullptr) return std::string(4, ' ');
  if (const auto* text = width->as<std::string>()) return *text;
  const std::int64_t count = std::max<std::int64_t>(requireInteger(*width, "'width' of indent"), 0);
  requireTextSize(static_cast<std::uint64_t>(count));
  return std::string(static_cast<std::size_t>(count), ' ');
}

Value indentFilter(const Value& input, const Arguments& arguments) {
  const Parameters parameters("indent", arguments, {"width", "first", "blank"});
  const std::string indent = indentation(parameters.find("width"));
  const bool blank = parameters.truth("blank", false);
  std::string result = parameters.truth("first", false) ? indent : "";
  bool first = true;
  for (const std::string& line : splitLines(requireString(input, "what is indented") + "\n")) {
    if (!first) result += '\n';
    if (!first && (blank || !line.empty())) append(result, indent);
    first = false;
    append(result, line);
  }
  return result;
}

std::optional<std::string> jsonIndent(const Value* indent) {
  if (indent == nullptr || indent->is<None>()) return std::nullopt;
  return indentation(indent);
}

// json.dumps ends lines without a space after the comma when it indents.
Value toJsonFilter(const Value& input, const Arguments& arguments) {
  const Parameters parameters("tojson", arguments,
                              {"ensure_ascii", "indent", "separators", "sort_keys"});
  JsonStyle style;
  style.asciiOnly = parameters.truth("ensure_ascii", false);
  style.sortKeys = parameters.truth("sort_keys", false);
  style.indent = jsonIndent(parameters.find("indent"));
  if (style.indent) style.itemSeparator = ",";
  const Value* separators = parameters.find("separators");
  if (separators != nullptr && !separators->is<None>()) {
    const auto pair = elementsOf(*separators);
    if (pair.size() != 2) throw Failure{"'separators' of tojson must be two strings"};
    style.itemSeparator = requireString(pair[0], "a separator of tojson");
    style.keySeparator = requireString(pair[1], "a separator of tojson");
  }
  return jsonTextOf(input, style);
}

// int() and float() accept more than canvass does: "1_000", digits of other scripts.
void refuseUnusualDigits(const std::string& text) {
  spendOnCharacters(2 * text.size());
  bool plain = false, unusual = false;
  for (const char32_t c : decodeUtf8(text)) {
    const bool digit = utf8proc_category(static_cast<utf8proc_int32_t>(c)) == UTF8PROC_CATEGORY_ND;
    plain = plain || (digit && c < 0x80);
    unusual = unusual || (digit && c >= 0x80);
  }
  unusual = unusual || (plain && text.find('_') != std::string::npos);
  if (unusual) throw Failure{"canvass cannot determine whether '" + text + "' is a number"};
}

// int() and float() allow white space around the digits.
template <typename Number>
std::optional<Number> parseNumber(const std::string& text) {
  std::string digits = strip(text, Side::both);
  refuseUnusualDigits(digits);
  if (digits.starts_with('+') && !digits.starts_with("+-")) digits.erase(0, 1);
  if (digits.find_first_not_of("0123456789+-.eE") != std::string::npos) return std::nullopt;
  Number number{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (end != digits.data() + digits.size() || digits.empty()) return std::nullopt;
  if (error == std::errc::result_out_of_range) throw Failure{"the number is out of range"};
  return error == std::errc() ? std::optional<Number>(number) : std::nullopt;
}

// float() also reads these, in any case.
std::optional<double> parseSpecialFloat(const std::string& text) {
  std::string name = strip(text, Side::both);
  for (char& c : name) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  const double sign = name.starts_with('-') ? -1.0 : 1.0;
  if (name.starts_with('-') || name.starts_with('+')) name.erase(0, 1);
  if (name == "nan") return std::numeric_limits<double>::quiet_NaN();
  if (name != "inf" && name != "infinity") return std::nullopt;
  return sign * std::numeric_limits<double>::infinity();
}

std::int64_t truncated(double number) {
  if (std::abs(number) < 9.2e18) return static_cast<std::int64_t>(number);
  throw Failure{"the number does not fit into an integer of 64 bits"};
}

Value intFilter(const Value& input, const Arguments& arguments) {
  const Parameters parameters("int", arguments, {"default"});
  const Value* given = parameters.find("default");
  const Value otherwise = given == nullptr ? Value(std::int64_t{0}) : *given;
  if (const auto* undefined = input.as<Undefined>()) throw Failure{undefined->reason};
  if (const double* number = input.as<double>()) {
    return std::isnan(*number) ? otherwise : truncated(*number);
  }
  if (input.isNumber()) return requireInteger(input, "the number");
  const auto* text = input.as<std::string>();
  if (text == nullptr) return otherwise;
  if (const auto whole = parseNumber<std::int64_t>(*text)) return *whole;
  const auto real = parseNumber<double>(*text);
  return real ? Value(truncated(*real)) : otherwise;
}

Value floatFilter(const Value& input, const Arguments& arguments) {
  const Parameters parameters("float", arguments, {"default"});
  const Value* given = parameters.find("default");
  const Value otherwise = given == nullptr ? Value(0.0) : *given;
  if (const auto* undefined = input.as<Undefined>()) throw Failure{undefined->reason};
  if (const double* number = input.as<double>()) return *number;
  if (input.isNumber()) return static_cast<double>(requireInteger(input, "the number"));
  const auto* text = input.as<std::string>();
  if (text == nullptr) return otherwise;
  if (const auto special = parseSpecialFloat(*text)) return *special;
  const auto number = parseNumber<double>(*text);
  return number ? Value(*number) : otherwise;
}

Value absoluteFilter(const Value& input, const Arguments& arguments) {
  Parameters("abs", arguments, {});
  if (const double* number = input.as<double>()) return std::abs(*number);
  const std::int64_t number = requireInteger(input, "the operand of abs");
  return number < 0 ? arithmetic("-", std::int64_t{0}, number) : Value(number);
}

}  // namespace

const FilterTable& textFilters() {
  static const FilterTable filters = {
      {"trim", trimFilter},
      {"upper", caseFilter<upperCase>},
      {"lower", caseFilter<lowerCase>},
      {"capitalize", caseFilter<capitalized>},
      {"title", caseFilter<titleCaseOfWords>},
      {"replace", replaceFilter},
      {"string", stringFilter},
      {"safe", safeFilter},
      {"indent", indentFilter},
      {"tojson", toJsonFilter},
      {"int", intFilter},
      {"float", floatFilter},
      {"abs", absoluteFilter},
  };
  return filters;
}

}  // namespace canvass::jinja
