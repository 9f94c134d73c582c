#include <charconv>

#include "jinja/expression_parser.h"

// The innermost parts of expressions: names, literals and what is in brackets.
namespace canvass::jinja {
namespace {

std::optional<Value> constantNamed(const std::string& name) {
  if (name == "true" || name == "True") return Value(true);
  if (name == "false" || name == "False") return Value(false);
  if (name == "none" || name == "None") return Value(None{});
  return std::nullopt;
}

bool isReserved(const std::string& name) {
  return name == "and" || name == "or" || name == "not" || name == "in" || name == "is" ||
         name == "if" || name == "else" || name == "elif";
}

}  // namespace

ExpressionPointer ExpressionParser::parsePrimary() {
  switch (tokens_.peek().kind) {
    case TokenKind::name:
      return parseName();
    case TokenKind::string:
      return parseString();
    case TokenKind::integer:
    case TokenKind::real:
      return parseNumber();
    default:
      break;
  }
  if (tokens_.atSign("(")) return parseParentheses();
  if (tokens_.atSign("[")) return parseList();
  if (tokens_.atSign("{")) return parseDictionary();
  tokens_.fail("expected a value");
}

ExpressionPointer ExpressionParser::parseName() {
  if (isReserved(tokens_.peek().text)) tokens_.fail("expected a value");
  const Token token = tokens_.next();
  if (auto constant = constantNamed(token.text)) {
    return make<Constant>(token.at, std::move(*constant));
  }
  return make<Name>(token.at, token.text);
}

// Neighboring literals are one, as in Python.
ExpressionPointer ExpressionParser::parseString() {
  const std::size_t at = tokens_.peek().at;
  std::string text;
  while (tokens_.peek().kind == TokenKind::string) text += tokens_.next().text;
  return make<Constant>(at, std::move(text));
}

ExpressionPointer ExpressionParser::parseNumber() {
  const Token& token = tokens_.peek();
  const char* end = token.text.data() + token.text.size();
  std::int64_t integer = 0;
  double real = 0.0;
  const bool whole = token.kind == TokenKind::integer;
  const auto result = whole ? std::from_chars(token.text.data(), end, integer)
                            : std::from_chars(token.text.data(), end, real);
  if (result.ec != std::errc() || result.ptr != end) tokens_.fail("this number is out of range");
  const std::size_t at = tokens_.next().at;
  return make<Constant>(at, whole ? Value(integer) : Value(real));
}

ExpressionPointer ExpressionParser::parseParentheses() {
  const std::size_t at = tokens_.next().at;
  if (tokens_.takeSign(")")) {
    return make<SequenceLiteral>(at, Sequence::Kind::tuple, std::vector<ExpressionPointer>{});
  }
  ExpressionPointer inside = parseTuple();
  tokens_.expectSign(")");
  return inside;
}

ExpressionPointer ExpressionParser::parseList() {
  const std::size_t at = tokens_.next().at;
  std::vector<ExpressionPointer> items;
  while (!tokens_.takeSign("]")) {
    items.push_back(parse());
    if (!tokens_.atSign("]")) tokens_.expectSign(",");
  }
  return make<SequenceLiteral>(at, Sequence::Kind::list, std::move(items));
}

ExpressionPointer ExpressionParser::parseDictionary() {
  const std::size_t at = tokens_.next().at;
  DictionaryLiteral::Entries entries;
  while (!tokens_.takeSign("}")) {
    ExpressionPointer key = parse();
    tokens_.expectSign(":");
    entries.emplace_back(std::move(key), parse());
    if (!tokens_.atSign("}")) tokens_.expectSign(",");
  }
  return make<DictionaryLiteral>(at, std::move(entries));
}

}  // namespace canvass::jinja
