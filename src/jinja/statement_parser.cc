#include "jinja/statement_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/list_text.h"
#include "jinja/budget.h"

namespace canvass::jinja {

Body StatementParser::parseTemplate() {
  Body body;
  while (tokens_.peek().kind != TokenKind::end) body.push_back(parsePlaced());
  return body;
}

Body StatementParser::parseBody(std::initializer_list<const char*> ends) {
  const TokenStream::Level level(tokens_);
  const auto closes = [&](const char* end) { return tokens_.peek(1).is(TokenKind::name, end); };
  Body body;
  while (tokens_.peek().kind != TokenKind::end) {
    const bool tag = tokens_.peek().kind == TokenKind::blockBegin;
    if (tag && std::any_of(ends.begin(), ends.end(), closes)) {
      tokens_.next();
      return body;
    }
    body.push_back(parsePlaced());
  }
  tokens_.fail("the template ends before {% " + std::string(*(ends.end() - 1)) + " %}");
}

Body StatementParser::parseBlock(const char* end) {
  Body body = parseBody({end});
  tokens_.next();
  endTag();
  return body;
}

Body StatementParser::parseCapturedBlock(const char* end) {
  const int loops = std::exchange(loops_, 0);
  Body body = parseBlock(end);
  loops_ = loops;
  return body;
}

void StatementParser::endTag() { tokens_.expect(TokenKind::blockEnd, "'%}'"); }

PlacedStatement StatementParser::parsePlaced() {
  const std::size_t at = tokens_.peek().at;
  return {at, parseStatement()};
}

StatementPointer StatementParser::parseStatement() {
  if (tokens_.peek().kind == TokenKind::text) {
    return std::make_unique<TextOutput>(tokens_.next().text);
  }
  return tokens_.peek().kind == TokenKind::variableBegin ? parseOutput() : parseTag();
}

StatementPointer StatementParser::parseOutput() {
  tokens_.next();
  ExpressionPointer value = expressions_.parseTuple();
  tokens_.expect(TokenKind::variableEnd, "'}}'");
  return std::make_unique<ValueOutput>(std::move(value));
}

StatementPointer StatementParser::parseTag() {
  tokens_.expect(TokenKind::blockBegin, "'{%'");
  if (tokens_.takeName("if")) return parseIf();
  if (tokens_.takeName("for")) return parseFor();
  if (tokens_.takeName("set")) return parseSet();
  if (tokens_.takeName("macro")) return parseMacro();
  if (tokens_.takeName("filter")) return parseFilterBlock();
  if (tokens_.takeName("generation")) return parseGeneration();
  if (tokens_.atName("break")) return parseLoopControl(Flow::breakLoop);
  if (tokens_.atName("continue")) return parseLoopControl(Flow::continueLoop);
  tokens_.fail("the tag '" + tokens_.peek().text + "' is not supported here");
}

StatementPointer StatementParser::parseIf() {
  If::Branches branches;
  std::string next = "elif";
  while (next == "elif") {
    ExpressionPointer condition = expressions_.parseWithoutCondition();
    endTag();
    branches.emplace_back(std::move(condition), parseBody({"elif", "else", "endif"}));
    next = tokens_.next().text;
  }
  endTag();
  if (next == "else") branches.emplace_back(nullptr, parseBlock("endif"));
  return std::make_unique<If>(std::move(branches));
}

StatementPointer StatementParser::parseFor() {
  Target target = parseTarget(false);
  if (!tokens_.takeName("in")) tokens_.fail("expected 'in'");
  ExpressionPointer iterable = expressions_.parseWithoutCondition();
  ExpressionPointer filter = tokens_.takeName("if") ? expressions_.parse() : nullptr;
  if (tokens_.atName("recursive")) tokens_.fail("recursive loops are not supported");
  endTag();
  ++loops_;
  Body body = parseBody({"else", "endfor"});
  --loops_;
  const bool hasElse = tokens_.next().text == "else";
  endTag();
  Body otherwise = hasElse ? parseBlock("endfor") : Body{};
  return std::make_unique<For>(std::move(target), std::move(iterable), std::move(filter),
                               std::move(body), std::move(otherwise));
}

StatementPointer StatementParser::parseLoopControl(Flow flow) {
  if (loops_ == 0) tokens_.fail("'" + tokens_.peek().text + "' is outside a loop");
  tokens_.next();
  endTag();
  return std::make_unique<LoopControl>(flow);
}

StatementPointer StatementParser::parseSet() {
  Target target = parseTarget(true);
  if (tokens_.takeSign("=")) {
    ExpressionPointer value = expressions_.parseTuple();
    endTag();
    return std::make_unique<Set>(std::move(target), std::move(value));
  }
  FilterChain filters = parseFilterChain();
  endTag();
  return std::make_unique<BlockSet>(std::move(target), std::move(filters),
                                    parseCapturedBlock("endset"));
}

StatementPointer StatementParser::parseFilterBlock() {
  FilterChain filters;
  filters.push_back(parseFilterStep());
  for (FilterStep& step : parseFilterChain()) filters.push_back(std::move(step));
  endTag();
  return std::make_unique<FilterBlock>(std::move(filters), parseCapturedBlock("endfilter"));
}

StatementPointer StatementParser::parseGeneration() {
  endTag();
  return std::make_unique<GenerationBlock>(parseCapturedBlock("endgeneration"));
}

StatementPointer StatementParser::parseMacro() {
  std::string name = parseNewName();
  Macro::MacroParameters parameters = parseMacroParameters();
  endTag();
  return std::make_unique<Macro>(std::move(name), std::move(parameters),
                                 parseCapturedBlock("endmacro"));
}

Macro::MacroParameters StatementParser::parseMacroParameters() {
  Macro::MacroParameters parameters;
  tokens_.expectSign("(");
  while (!tokens_.takeSign(")")) {
    if (parameters.size() >= kMaxParameters) {
      tokens_.fail(fmt::format("a macro has at most {} parameters", grouped(kMaxParameters)));
    }
    const bool repeated = std::any_of(parameters.begin(), parameters.end(), [&](const auto& other) {
      return tokens_.atName(other.first.c_str());
    });
    if (repeated) tokens_.fail("a parameter of this name comes before");
    std::string name = parseNewName();
    ExpressionPointer otherwise = tokens_.takeSign("=") ? expressions_.parse() : nullptr;
    const bool gap = otherwise == nullptr && !parameters.empty() && parameters.back().second;
    if (gap) tokens_.fail("a parameter with a default comes before this one");
    parameters.emplace_back(std::move(name), std::move(otherwise));
    if (!tokens_.atSign(")")) tokens_.expectSign(",");
  }
  return parameters;
}

FilterStep StatementParser::parseFilterStep() {
  const Token name = tokens_.expect(TokenKind::name, "the name of a filter");
  return {name.at, name.text, expressions_.parseArguments()};
}

FilterChain StatementParser::parseFilterChain() {
  FilterChain filters;
  while (tokens_.takeSign("|")) filters.push_back(parseFilterStep());
  return filters;
}

std::string StatementParser::parseNewName() {
  static constexpr const char* kConstants[] = {"true", "false", "none", "True", "False", "None"};
  for (const char* constant : kConstants) {
    if (tokens_.atName(constant)) tokens_.fail("a constant cannot be given a value");
  }
  return tokens_.expect(TokenKind::name, "a name").text;
}

Target StatementParser::parseTarget(bool allowsAttribute) {
  Target target;
  target.at = tokens_.peek().at;
  const bool parentheses = tokens_.takeSign("(");
  target.names.push_back(parseNewName());
  if (target.names[0] == "loop") tokens_.fail("'loop' belongs to Jinja");
  if (allowsAttribute && tokens_.takeSign(".")) target.attribute = parseNewName();
  while (target.attribute.empty() && tokens_.takeSign(",")) {
    target.isTuple = true;
    if (parentheses && tokens_.atSign(")")) break;
    target.names.push_back(parseNewName());
  }
  if (parentheses) tokens_.expectSign(")");
  return target;
}

}  // namespace canvass::jinja
