#include "microdata/choice/condition.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "base/error.h"
#include "microdata/choice/condition_tokens.h"
#include "text/near_matches.h"

namespace canvass {

class Condition::Node {
 public:
  using Values = std::span<const Value>;

  virtual ~Node() = default;
  virtual std::optional<bool> holds(Values values) const = 0;
};

namespace {

using Node = Condition::Node;
using NodePointer = std::unique_ptr<Node>;

constexpr std::size_t maxNesting = 200;

// "and" is decided by what is false, "or" by what is true.
class JunctionNode : public Node {
 public:
  JunctionNode(bool decides, NodePointer left, NodePointer right)
      : decides_(decides), left_(std::move(left)), right_(std::move(right)) {}

  std::optional<bool> holds(Values values) const override {
    const auto left = left_->holds(values);
    if (left == decides_) return decides_;
    const auto right = right_->holds(values);
    if (right == decides_) return decides_;
    return left && right ? std::optional(!decides_) : std::nullopt;
  }

 private:
  bool decides_;
  NodePointer left_;
  NodePointer right_;
};

class NotNode : public Node {
 public:
  explicit NotNode(NodePointer inner) : inner_(std::move(inner)) {}

  std::optional<bool> holds(Values values) const override {
    const auto inner = inner_->holds(values);
    return inner ? std::optional(!*inner) : std::nullopt;
  }

 private:
  NodePointer inner_;
};

class MissingNode : public Node {
 public:
  MissingNode(std::size_t column, const Variable& variable)
      : column_(column), variable_(variable) {}

  std::optional<bool> holds(Values values) const override {
    const Value& value = values[column_];
    return value.kind == Value::Kind::missing || variable_.isUserMissing(value);
  }

 private:
  std::size_t column_;
  Variable variable_;
};

class OneOfNode : public Node {
 public:
  OneOfNode(std::size_t column, std::vector<std::string> codes)
      : column_(column), codes_(std::move(codes)) {}

  std::optional<bool> holds(Values values) const override {
    const Value& value = values[column_];
    const std::string code = codeText(value);
    const bool isOne = std::find(codes_.begin(), codes_.end(), code) != codes_.end();
    if (value.kind == Value::Kind::missing && !isOne) return std::nullopt;
    return isOne;
  }

 private:
  std::size_t column_;
  std::vector<std::string> codes_;
};

class OrderNode : public Node {
 public:
  using Order = std::function<bool(double, double)>;

  OrderNode(std::size_t column, Variable variable, Order order, double bound)
      : column_(column), variable_(std::move(variable)), order_(std::move(order)), bound_(bound) {}

  std::optional<bool> holds(Values values) const override {
    const Value& value = values[column_];
    if (value.kind != Value::Kind::number || variable_.isUserMissing(value)) return std::nullopt;
    return order_(value.number, bound_);
  }

 private:
  std::size_t column_;
  Variable variable_;
  Order order_;
  double bound_;
};

class Parser {
 public:
  Parser(std::string_view text, const std::vector<Variable>& variables,
         std::vector<std::size_t>& columns)
      : tokens_(conditionTokens(text)), variables_(variables), columns_(columns) {}

  NodePointer parse() {
    NodePointer all = parseOr();
    if (next().kind != ConditionToken::Kind::end) fail("and, or, or the end is expected");
    return all;
  }

 private:
  const ConditionToken& next() const { return tokens_[at_]; }
  bool takeWord(std::string_view word) {
    if (!next().isWord(word)) return false;
    ++at_;
    return true;
  }
  bool takeSymbol(std::string_view symbol) {
    if (!next().isSymbol(symbol)) return false;
    ++at_;
    return true;
  }
  [[noreturn]] void fail(const std::string& what, const std::string& remedy = {}) const {
    const bool isEnd = next().kind == ConditionToken::Kind::end;
    throw Error(isEnd ? what + ", but the condition ends here"
                      : fmt::format("{}, not \"{}\"", what, next().text),
                conditionPlace(next().position), remedy);
  }

  NodePointer parseOr();
  NodePointer parseAnd();
  NodePointer parseNot();
  NodePointer parseComparison();
  NodePointer parseList(std::size_t column, const Variable& variable);
  NodePointer parseOrder(std::size_t column, const Variable& variable, const std::string& symbol);
  std::size_t takeVariable();
  void addValue(const Variable& variable, std::vector<std::string>& codes);

  std::vector<ConditionToken> tokens_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  const std::vector<Variable>& variables_;
  std::vector<std::size_t>& columns_;
};

NodePointer Parser::parseOr() {
  NodePointer left = parseAnd();
  while (takeWord("or")) {
    left = std::make_unique<JunctionNode>(true, std::move(left), parseAnd());
  }
  return left;
}

NodePointer Parser::parseAnd() {
  NodePointer left = parseNot();
  while (takeWord("and")) {
    left = std::make_unique<JunctionNode>(false, std::move(left), parseNot());
  }
  return left;
}

NodePointer Parser::parseNot() {
  if (++depth_ > maxNesting) fail("the condition is nested too deeply");
  NodePointer inner;
  if (takeWord("not")) {
    inner = std::make_unique<NotNode>(parseNot());
  } else if (takeSymbol("(")) {
    inner = parseOr();
    if (!takeSymbol(")")) fail("a closing parenthesis is expected");
  } else {
    inner = parseComparison();
  }
  --depth_;
  return inner;
}

// Its index among the condition's columns.
std::size_t Parser::takeVariable() {
  if (next().kind != ConditionToken::Kind::name) fail("the name of a variable is expected");
  const std::string& name = next().text;
  const auto found = std::find_if(variables_.begin(), variables_.end(),
                                  [&name](const Variable& one) { return one.name == name; });
  if (found == variables_.end()) {
    std::vector<std::string> names;
    for (const Variable& one : variables_) names.push_back(one.name);
    throw Error(fmt::format("the file has no variable \"{}\"", name),
                conditionPlace(next().position), suggestion(name, names));
  }
  ++at_;
  const auto index = static_cast<std::size_t>(found - variables_.begin());
  const auto known = std::find(columns_.begin(), columns_.end(), index);
  if (known != columns_.end()) return static_cast<std::size_t>(known - columns_.begin());
  columns_.push_back(index);
  return columns_.size() - 1;
}

// The codes that a number or a text may be: a label may stand for several.
void Parser::addValue(const Variable& variable, std::vector<std::string>& codes) {
  const ConditionToken token = next();
  if (token.kind == ConditionToken::Kind::symbol || token.kind == ConditionToken::Kind::end) {
    fail("a number or a text in quotes is expected");
  }
  ++at_;
  const std::string code = codeText(valueOf(token.text));
  if (token.kind == ConditionToken::Kind::number) {
    // Where the kind of a code is decided by its storage, "01" is a text.
    codes.push_back(code);
    if (code != token.text) codes.push_back(token.text);
    return;
  }
  const std::size_t before = codes.size();
  std::vector<std::string> known;
  bool isCode = false;
  for (const ValueLabel& one : variable.valueLabels) {
    known.push_back(one.label);
    isCode = isCode || one.code == token.text;
    if (one.label == token.text) codes.push_back(one.code);
  }
  if (codes.size() > before && !isCode) return;
  if (known.empty() || isCode || variable.isText) return codes.push_back(token.text);
  throw Error(fmt::format("variable \"{}\" has no value \"{}\"", variable.name, token.text),
              conditionPlace(token.position), suggestion(token.text, known));
}

NodePointer Parser::parseList(std::size_t column, const Variable& variable) {
  const bool isRound = next().isSymbol("(");
  if (!takeSymbol("(") && !takeSymbol("[")) fail("a list is expected: in (1, 2)");
  std::vector<std::string> codes;
  do {
    addValue(variable, codes);
  } while (takeSymbol(","));
  if (!takeSymbol(isRound ? ")" : "]")) fail("a comma or the end of the list is expected");
  return std::make_unique<OneOfNode>(column, std::move(codes));
}

NodePointer Parser::parseOrder(std::size_t column, const Variable& variable,
                               const std::string& symbol) {
  if (next().kind != ConditionToken::Kind::number) fail("a number is expected");
  const double bound = valueOf(tokens_[at_++].text).number;
  OrderNode::Order order = std::less<double>();
  if (symbol == "<=") order = std::less_equal<double>();
  if (symbol == ">") order = std::greater<double>();
  if (symbol == ">=") order = std::greater_equal<double>();
  return std::make_unique<OrderNode>(column, variable, std::move(order), bound);
}

NodePointer Parser::parseComparison() {
  const std::size_t column = takeVariable();
  const Variable& variable = variables_[columns_[column]];
  if (takeWord("is")) {
    const bool isNot = takeWord("not");
    if (!takeWord("missing")) fail("missing is expected");
    NodePointer missing = std::make_unique<MissingNode>(column, variable);
    return isNot ? std::make_unique<NotNode>(std::move(missing)) : std::move(missing);
  }
  if (takeWord("in")) return parseList(column, variable);
  if (takeWord("not")) {
    if (!takeWord("in")) fail("in is expected");
    return std::make_unique<NotNode>(parseList(column, variable));
  }
  const std::string symbol = next().kind == ConditionToken::Kind::symbol ? next().text : "";
  if (symbol == "==" || symbol == "!=") {
    ++at_;
    std::vector<std::string> codes;
    addValue(variable, codes);
    NodePointer equal = std::make_unique<OneOfNode>(column, std::move(codes));
    return symbol == "==" ? std::move(equal) : std::make_unique<NotNode>(std::move(equal));
  }
  if (!symbol.empty() && (symbol.front() == '<' || symbol.front() == '>')) {
    ++at_;
    return parseOrder(column, variable, symbol);
  }
  fail("a comparison is expected: ==, !=, <, <=, >, >=, in or is missing");
}

}  // namespace

Condition::Condition(std::string_view text, const std::vector<Variable>& variables)
    : root_(Parser(text, variables, columns_).parse()) {}

Condition::Condition(Condition&&) noexcept = default;
Condition& Condition::operator=(Condition&&) noexcept = default;
Condition::~Condition() = default;

std::optional<bool> Condition::holds(std::span<const Value> values) const {
  return root_->holds(values);
}

}  // namespace canvass
