#include "import/published/python_literal.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "base/error.h"
#include "import/published/python_text.h"

namespace canvass {
namespace {

using Kind = PythonValue::Kind;

constexpr std::size_t deepest = 32;

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Python has no whole numbers such as 007, and std::from_chars would accept inf.
bool opensNumber(std::string_view magnitude) {
  if (magnitude.empty() || !(isDigit(magnitude.front()) || magnitude.front() == '.')) return false;
  const bool isWhole = std::all_of(magnitude.begin(), magnitude.end(), isDigit);
  const bool isZero = magnitude.find_first_not_of('0') == std::string_view::npos;
  return !isWhole || magnitude.front() != '0' || isZero;
}

// Python treats 1, 1.0 and True as the same key.
std::optional<double> asNumber(const PythonValue& key) {
  if (key.kind == Kind::number) return key.number;
  if (key.kind == Kind::boolean) return key.boolean ? 1.0 : 0.0;
  return std::nullopt;
}

bool isSameKey(const PythonValue& a, const PythonValue& b) {
  const auto number = asNumber(a);
  if (number || asNumber(b)) return number == asNumber(b);
  return a.kind == b.kind && a.text == b.text;
}

class Parser {
 public:
  Parser(std::string_view text, const std::string& name) : cursor_{text, 0, name} {}

  PythonValue whole() {
    PythonValue value = parseValue(0);
    skipSpace();
    if (!atEnd()) cursor_.fail("there is something after its end");
    return value;
  }

 private:
  bool atEnd() const { return cursor_.position == cursor_.text.size(); }
  char look() const { return atEnd() ? '\0' : cursor_.text[cursor_.position]; }
  void skipSpace() {
    while (!atEnd() && isSpace(look())) ++cursor_.position;
  }
  // Skips `expected`, with blanks before it, if it is next.
  bool take(std::string_view expected) {
    skipSpace();
    if (!cursor_.text.substr(cursor_.position).starts_with(expected)) return false;
    cursor_.position += expected.size();
    return true;
  }
  void require(std::string_view expected) {
    if (!take(expected)) cursor_.fail(fmt::format("{} was expected", expected));
  }

  PythonValue parseValue(std::size_t depth);
  PythonValue parseSequence(std::size_t depth);
  PythonValue parseDict(std::size_t depth);
  PythonValue parseDefaultDict(std::size_t depth);
  PythonValue parseWord(std::size_t depth);
  PythonValue parseNumber();
  void addKey(PythonValue key, std::size_t at, PythonValue& dict);
  bool takeComma(char close);
  std::string_view word();

  PythonCursor cursor_;
};

PythonValue Parser::parseValue(std::size_t depth) {
  if (depth == deepest) cursor_.fail(fmt::format("it is nested deeper than {}", deepest));
  skipSpace();
  const char c = look();
  if (atEnd()) cursor_.fail("it ends too early");
  if (c == '[' || c == '(') return parseSequence(depth);
  if (c == '{') return parseDict(depth);
  if (c == '\'' || c == '"') return {Kind::text, false, 0.0, parsePythonText(cursor_), {}, {}};
  if (isDigit(c) || c == '-' || c == '+' || c == '.') return parseNumber();
  return parseWord(depth);
}

// True if another element follows; at the closing bracket, which is skipped, false.
bool Parser::takeComma(char close) {
  const std::string_view closing(&close, 1);
  if (take(closing)) return false;
  if (!take(",")) cursor_.fail(fmt::format("a comma or {} was expected", close));
  return !take(closing);
}

// Parentheses around one value without a comma are only parentheses.
PythonValue Parser::parseSequence(std::size_t depth) {
  const bool isList = look() == '[';
  const char close = isList ? ']' : ')';
  ++cursor_.position;
  PythonValue sequence;
  sequence.kind = isList ? Kind::list : Kind::tuple;
  if (take(std::string_view(&close, 1))) return sequence;
  bool hasComma = false;
  bool goesOn = true;
  while (goesOn) {
    sequence.elements.push_back(parseValue(depth + 1));
    skipSpace();
    hasComma = hasComma || look() == ',';
    goesOn = takeComma(close);
  }
  if (!isList && !hasComma) return PythonValue(std::move(sequence.elements.front()));
  return sequence;
}

void Parser::addKey(PythonValue key, std::size_t at, PythonValue& dict) {
  const bool hashable = key.kind != Kind::list && key.kind != Kind::tuple && key.kind != Kind::dict;
  const bool isRepeated =
      std::any_of(dict.keys.begin(), dict.keys.end(),
                  [&key](const PythonValue& known) { return isSameKey(known, key); });
  if (!hashable || isRepeated) cursor_.position = at;
  if (!hashable) cursor_.fail("a key is neither a text nor a number");
  if (isRepeated) cursor_.fail(fmt::format("the key \"{}\" appears twice", key.text));
  dict.keys.push_back(std::move(key));
}

PythonValue Parser::parseDict(std::size_t depth) {
  ++cursor_.position;
  PythonValue dict;
  dict.kind = Kind::dict;
  if (take("}")) return dict;
  do {
    skipSpace();
    const std::size_t at = cursor_.position;
    addKey(parseValue(depth + 1), at, dict);
    require(":");
    dict.elements.push_back(parseValue(depth + 1));
  } while (takeComma('}'));
  return dict;
}

std::string_view Parser::word() {
  const std::size_t begin = cursor_.position;
  while (!atEnd() && isWord(look())) ++cursor_.position;
  return cursor_.text.substr(begin, cursor_.position - begin);
}

// What follows the word: (<class 'list'>, {...}) or (None, {...}).
PythonValue Parser::parseDefaultDict(std::size_t depth) {
  require("(");
  if (!take("None")) {
    require("<class '");
    if (word().empty()) cursor_.fail("the name of a class was expected");
    require("'>");
  }
  require(",");
  skipSpace();
  if (look() != '{') cursor_.fail("{ was expected");
  PythonValue dict = parseDict(depth);
  require(")");
  return dict;
}

PythonValue Parser::parseWord(std::size_t depth) {
  const std::size_t begin = cursor_.position;
  const std::string_view name = word();
  if (name == "None") return {};
  if (name == "True") return {Kind::boolean, true, 1.0, "True", {}, {}};
  if (name == "False") return {Kind::boolean, false, 0.0, "False", {}, {}};
  if (name == "defaultdict") return parseDefaultDict(depth);
  cursor_.position = begin;
  if (name.empty()) cursor_.fail("this is not a value");
  cursor_.fail(fmt::format("the name {} is not a value", name));
}

PythonValue Parser::parseNumber() {
  const std::size_t begin = cursor_.position;
  if (look() == '-' || look() == '+') ++cursor_.position;
  const std::size_t digits = cursor_.position;
  const auto isExponentSign = [this](char c) {
    const char before = cursor_.text[cursor_.position - 1];
    return (c == '-' || c == '+') && (before == 'e' || before == 'E');
  };
  while (!atEnd() && (isWord(look()) || look() == '.' || isExponentSign(look()))) {
    ++cursor_.position;
  }
  const std::string_view magnitude = cursor_.text.substr(digits, cursor_.position - digits);
  PythonValue value;
  value.kind = Kind::number;
  value.text = cursor_.text.substr(begin, cursor_.position - begin);
  const char* end = magnitude.data() + magnitude.size();
  const auto [read, error] = std::from_chars(magnitude.data(), end, value.number);
  cursor_.position = begin;
  if (!opensNumber(magnitude) || error != std::errc() || read != end) {
    cursor_.fail(fmt::format("{} is not a number", value.text));
  }
  if (value.text.front() == '-') value.number = -value.number;
  cursor_.position += value.text.size();
  return value;
}

// Throws if the value is not a list or tuple.
const std::vector<PythonValue>& elementsOf(const PythonValue& value, const std::string& name) {
  if (value.kind == Kind::list || value.kind == Kind::tuple) return value.elements;
  throw Error(fmt::format("{} is not a list", name));
}

}  // namespace

PythonValue parsePythonLiteral(std::string_view text, const std::string& name) {
  return Parser(text, name).whole();
}

std::vector<std::string> pythonTexts(const PythonValue& value, const std::string& name) {
  std::vector<std::string> texts;
  for (const PythonValue& one : elementsOf(value, name)) {
    if (one.kind != Kind::text && one.kind != Kind::number) {
      throw Error(
          fmt::format("element {} of {} is neither a text nor a number", texts.size() + 1, name));
    }
    texts.push_back(one.text);
  }
  return texts;
}

std::vector<double> pythonNumbers(const PythonValue& value, const std::string& name) {
  std::vector<double> numbers;
  for (const PythonValue& one : elementsOf(value, name)) {
    if (one.kind != Kind::number) {
      throw Error(fmt::format("element {} of {} is not a number", numbers.size() + 1, name));
    }
    numbers.push_back(one.number);
  }
  return numbers;
}

}  // namespace canvass
