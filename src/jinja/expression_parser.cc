#include "jinja/expression_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/list_text.h"
#include "jinja/budget.h"

namespace canvass::jinja {

ExpressionPointer ExpressionParser::parse() {
  const TokenStream::Level level(tokens_);
  ExpressionPointer value = parseWithoutCondition();
  while (tokens_.atName("if")) {
    const std::size_t at = tokens_.next().at;
    ExpressionPointer condition = parseWithoutCondition();
    ExpressionPointer otherwise = tokens_.takeName("else") ? parse() : nullptr;
    value = make<Conditional>(at, std::move(condition), std::move(value), std::move(otherwise));
  }
  return value;
}

ExpressionPointer ExpressionParser::parseTuple() {
  const std::size_t at = tokens_.peek().at;
  std::vector<ExpressionPointer> items;
  items.push_back(parse());
  if (!tokens_.atSign(",")) return std::move(items.front());
  while (tokens_.takeSign(",")) {
    const TokenKind kind = tokens_.peek().kind;
    if (kind == TokenKind::blockEnd || kind == TokenKind::variableEnd || tokens_.atSign(")")) break;
    items.push_back(parse());
  }
  return make<SequenceLiteral>(at, Sequence::Kind::tuple, std::move(items));
}

ExpressionPointer ExpressionParser::parseWithoutCondition() {
  ExpressionPointer left = parseConjunction();
  while (tokens_.atName("or")) {
    const std::size_t at = tokens_.next().at;
    left = make<Logical>(at, false, std::move(left), parseConjunction());
  }
  return left;
}

ExpressionPointer ExpressionParser::parseConjunction() {
  ExpressionPointer left = parseNegation();
  while (tokens_.atName("and")) {
    const std::size_t at = tokens_.next().at;
    left = make<Logical>(at, true, std::move(left), parseNegation());
  }
  return left;
}

ExpressionPointer ExpressionParser::parseNegation() {
  if (!tokens_.atName("not")) return parseComparison();
  const TokenStream::Level level(tokens_);
  const std::size_t at = tokens_.next().at;
  return make<Not>(at, parseNegation());
}

// Takes the operator and returns it; empty if there is none.
std::string ExpressionParser::comparisonOperator() {
  static constexpr std::array<const char*, 6> kSigns = {"==", "!=", "<", "<=", ">", ">="};
  for (const char* sign : kSigns) {
    if (tokens_.takeSign(sign)) return sign;
  }
  if (tokens_.takeName("in")) return "in";
  if (!tokens_.atName("not") || !tokens_.peek(1).is(TokenKind::name, "in")) return {};
  tokens_.next();
  tokens_.next();
  return "not in";
}

ExpressionPointer ExpressionParser::parseComparison() {
  ExpressionPointer first = parseSum();
  const std::size_t at = tokens_.peek().at;
  Comparison::Links links;
  for (std::string operation = comparisonOperator(); !operation.empty();
       operation = comparisonOperator()) {
    links.emplace_back(std::move(operation), parseSum());
  }
  if (links.empty()) return first;
  return make<Comparison>(at, std::move(first), std::move(links));
}

ExpressionPointer ExpressionParser::parseSum() {
  ExpressionPointer left = parseConcatenation();
  while (tokens_.atSign("+") || tokens_.atSign("-")) {
    const Token sign = tokens_.next();
    left = make<Arithmetic>(sign.at, sign.text, std::move(left), parseConcatenation());
  }
  return left;
}

ExpressionPointer ExpressionParser::parseConcatenation() {
  std::vector<ExpressionPointer> parts;
  const std::size_t at = tokens_.peek().at;
  parts.push_back(parseProduct());
  while (tokens_.takeSign("~")) parts.push_back(parseProduct());
  if (parts.size() == 1) return std::move(parts.front());
  return make<Concatenation>(at, std::move(parts));
}

ExpressionPointer ExpressionParser::parseProduct() {
  ExpressionPointer left = parsePower();
  const auto atProduct = [&] {
    return tokens_.atSign("*") || tokens_.atSign("/") || tokens_.atSign("//") ||
           tokens_.atSign("%");
  };
  while (atProduct()) {
    const Token sign = tokens_.next();
    left = make<Arithmetic>(sign.at, sign.text, std::move(left), parsePower());
  }
  return left;
}

// From left to right, unlike Python's.
ExpressionPointer ExpressionParser::parsePower() {
  ExpressionPointer left = parseSign(true);
  while (tokens_.atSign("**")) {
    const Token sign = tokens_.next();
    left = make<Arithmetic>(sign.at, sign.text, std::move(left), parseSign(true));
  }
  return left;
}

// A filter binds less tightly than a sign: -x|abs is (-x)|abs.
ExpressionPointer ExpressionParser::parseSign(bool withFilters) {
  const TokenStream::Level level(tokens_);
  ExpressionPointer value;
  if (tokens_.atSign("-") || tokens_.atSign("+")) {
    const Token sign = tokens_.next();
    value = make<Sign>(sign.at, sign.text == "-", parseSign(false));
  } else {
    value = parsePrimary();
  }
  value = parsePostfix(std::move(value));
  return withFilters ? parseFiltersAndTests(std::move(value)) : std::move(value);
}

ExpressionPointer ExpressionParser::parsePostfix(ExpressionPointer value) {
  while (true) {
    if (tokens_.atSign(".")) {
      value = parseMember(std::move(value));
    } else if (tokens_.atSign("[")) {
      value = parseSubscript(std::move(value));
    } else if (tokens_.atSign("(")) {
      value = parseCall(std::move(value));
    } else {
      return value;
    }
  }
}

ExpressionPointer ExpressionParser::parseFiltersAndTests(ExpressionPointer value) {
  while (true) {
    if (tokens_.takeSign("|")) {
      const Token name = tokens_.expect(TokenKind::name, "the name of a filter");
      value = make<FilterCall>(name.at, std::move(value), name.text, parseArguments());
    } else if (tokens_.takeName("is")) {
      value = parseTest(std::move(value));
    } else if (tokens_.atSign("(")) {
      value = parseCall(std::move(value));
    } else {
      return value;
    }
  }
}

ExpressionPointer ExpressionParser::parseMember(ExpressionPointer value) {
  tokens_.expectSign(".");
  const Token member = tokens_.peek();
  if (member.kind == TokenKind::integer) {
    return make<Subscript>(member.at, std::move(value), parseNumber());
  }
  if (member.kind != TokenKind::name) tokens_.fail("expected a name after '.'");
  tokens_.next();
  return make<Attribute>(member.at, std::move(value), member.text);
}

ExpressionPointer ExpressionParser::parseSlicePart() {
  const bool leftOut = tokens_.atSign(":") || tokens_.atSign("]");
  return leftOut ? nullptr : parse();
}

ExpressionPointer ExpressionParser::parseSubscript(ExpressionPointer value) {
  const std::size_t at = tokens_.peek().at;
  tokens_.expectSign("[");
  ExpressionPointer begin = parseSlicePart();
  if (!tokens_.takeSign(":")) {
    if (begin == nullptr) tokens_.fail("expected an index");
    tokens_.expectSign("]");
    return make<Subscript>(at, std::move(value), std::move(begin));
  }
  ExpressionPointer end = parseSlicePart();
  ExpressionPointer step = tokens_.takeSign(":") ? parseSlicePart() : nullptr;
  tokens_.expectSign("]");
  return make<Slice>(at, std::move(value), std::move(begin), std::move(end), std::move(step));
}

ExpressionPointer ExpressionParser::parseCall(ExpressionPointer function) {
  const std::size_t at = tokens_.peek().at;
  return make<Call>(at, std::move(function), parseArguments());
}

ArgumentExpressions ExpressionParser::parseArguments() {
  ArgumentExpressions arguments;
  if (!tokens_.takeSign("(")) return arguments;
  while (!tokens_.takeSign(")")) {
    parseArgument(arguments);
    if (!tokens_.atSign(")")) tokens_.expectSign(",");
  }
  return arguments;
}

// In the order that Jinja has: values, named ones, *list and **dictionary, which is the last.
void ExpressionParser::parseArgument(ArgumentExpressions& arguments) {
  if (arguments.spreadNamed) tokens_.fail("nothing may follow the argument with **");
  const bool named =
      tokens_.peek().kind == TokenKind::name && tokens_.peek(1).is(TokenKind::punctuation, "=");
  if (named) {
    if (arguments.named.size() >= kMaxParameters) {
      tokens_.fail(fmt::format("a call names at most {} arguments", grouped(kMaxParameters)));
    }
    if (arguments.has(tokens_.peek().text)) tokens_.fail("this argument is given twice");
    std::string name = tokens_.next().text;
    tokens_.expectSign("=");
    arguments.named.emplace_back(std::move(name), parse());
  } else if (tokens_.takeSign("**")) {
    arguments.spreadNamed = parse();
  } else if (arguments.spread) {
    tokens_.fail("an argument with * comes before this one");
  } else if (tokens_.takeSign("*")) {
    arguments.spread = parse();
  } else {
    if (!arguments.named.empty()) tokens_.fail("a named argument comes before this one");
    arguments.positional.push_back(parse());
  }
}

ExpressionPointer ExpressionParser::parseTest(ExpressionPointer value) {
  const bool negated = tokens_.takeName("not");
  const Token name = tokens_.expect(TokenKind::name, "the name of a test");
  ArgumentExpressions arguments = parseTestArguments();
  ExpressionPointer test =
      make<TestCall>(name.at, std::move(value), name.text, std::move(arguments));
  if (!negated) return test;
  return make<Not>(name.at, std::move(test));
}

// In brackets, or one value right after the name: "x is divisibleby 3".
ArgumentExpressions ExpressionParser::parseTestArguments() {
  ArgumentExpressions arguments;
  if (tokens_.atSign("(")) return parseArguments();
  static constexpr std::array<const char*, 3> kNotValues = {"else", "or", "and"};
  const TokenKind kind = tokens_.peek().kind;
  const bool word = kind == TokenKind::name &&
                    std::none_of(kNotValues.begin(), kNotValues.end(),
                                 [&](const char* other) { return tokens_.atName(other); });
  const bool value = word || kind == TokenKind::string || kind == TokenKind::integer ||
                     kind == TokenKind::real || tokens_.atSign("[") || tokens_.atSign("{");
  if (!value) return arguments;
  if (tokens_.atName("is")) tokens_.fail("tests cannot be chained with 'is'");
  arguments.positional.push_back(parsePostfix(parsePrimary()));
  return arguments;
}

}  // namespace canvass::jinja
