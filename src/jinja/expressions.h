#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "jinja/syntax_tree.h"

namespace canvass::jinja {

class Constant : public Expression {
 public:
  Constant(std::size_t at, Value value) : Expression(at), value_(std::move(value)) {}

 private:
  Value compute(Context&) const override { return value_; }
  Value value_;
};

class Name : public Expression {
 public:
  Name(std::size_t at, std::string name) : Expression(at), name_(std::move(name)) {}
  const std::string& name() const { return name_; }

 private:
  Value compute(Context& context) const override;
  std::string name_;
};

// [a, b] or (a, b).
class SequenceLiteral : public Expression {
 public:
  SequenceLiteral(std::size_t at, Sequence::Kind kind, std::vector<ExpressionPointer> items)
      : Expression(at), kind_(kind), items_(std::move(items)) {}

 private:
  Value compute(Context& context) const override;
  Sequence::Kind kind_;
  std::vector<ExpressionPointer> items_;
};

class DictionaryLiteral : public Expression {
 public:
  using Entries = std::vector<std::pair<ExpressionPointer, ExpressionPointer>>;
  DictionaryLiteral(std::size_t at, Entries entries)
      : Expression(at), entries_(std::move(entries)) {}

 private:
  Value compute(Context& context) const override;
  Entries entries_;
};

// value.name
class Attribute : public Expression {
 public:
  Attribute(std::size_t at, ExpressionPointer value, std::string name)
      : Expression(at), value_(std::move(value)), name_(std::move(name)) {}

 private:
  Value compute(Context& context) const override;
  ExpressionPointer value_;
  std::string name_;
};

// value[key]
class Subscript : public Expression {
 public:
  Subscript(std::size_t at, ExpressionPointer value, ExpressionPointer key)
      : Expression(at), value_(std::move(value)), key_(std::move(key)) {}

 private:
  Value compute(Context& context) const override;
  ExpressionPointer value_, key_;
};

// value[begin:end:step]; a part that is left out is null.
class Slice : public Expression {
 public:
  Slice(std::size_t at, ExpressionPointer value, ExpressionPointer begin, ExpressionPointer end,
        ExpressionPointer step)
      : Expression(at),
        value_(std::move(value)),
        begin_(std::move(begin)),
        end_(std::move(end)),
        step_(std::move(step)) {}

 private:
  Value compute(Context& context) const override;
  ExpressionPointer value_, begin_, end_, step_;
};

// The arguments of a call, a filter or a test as they are written.
struct ArgumentExpressions {
  std::vector<ExpressionPointer> positional;
  std::vector<std::pair<std::string, ExpressionPointer>> named;
  ExpressionPointer spread;       // *list: more positional ones; may be null
  ExpressionPointer spreadNamed;  // **dictionary: more named ones; may be null

  bool has(const std::string& name) const;  // among the named ones
  Arguments evaluate(Context& context) const;
};

class Call : public Expression {
 public:
  Call(std::size_t at, ExpressionPointer function, ArgumentExpressions arguments)
      : Expression(at), function_(std::move(function)), arguments_(std::move(arguments)) {}

 private:
  Value compute(Context& context) const override;
  ExpressionPointer function_;
  ArgumentExpressions arguments_;
};

// input | name(arguments)
class FilterCall : public Expression {
 public:
  FilterCall(std::size_t at, ExpressionPointer input, std::string name,
             ArgumentExpressions arguments)
      : Expression(at),
        input_(std::move(input)),
        name_(std::move(name)),
        arguments_(std::move(arguments)) {}

 private:
  Value compute(Context& context) const override;
  ExpressionPointer input_;
  std::string name_;
  ArgumentExpressions arguments_;
};

// value is name(arguments)
class TestCall : public Expression {
 public:
  TestCall(std::size_t at, ExpressionPointer value, std::string name, ArgumentExpressions arguments)
      : Expression(at),
        value_(std::move(value)),
        name_(std::move(name)),
        arguments_(std::move(arguments)) {}

 private:
  Value compute(Context& context) const override;
  ExpressionPointer value_;
  std::string name_;
  ArgumentExpressions arguments_;
};

class Not : public Expression {
 public:
  Not(std::size_t at, ExpressionPointer value) : Expression(at), value_(std::move(value)) {}

 private:
  Value compute(Context& context) const override;
  ExpressionPointer value_;
};

class Sign : public Expression {
 public:
  Sign(std::size_t at, bool minus, ExpressionPointer value)
      : Expression(at), minus_(minus), value_(std::move(value)) {}

 private:
  Value compute(Context& context) const override;
  bool minus_;
  ExpressionPointer value_;
};

// `and`, `or`: the operand that decides, the second one evaluated only if it is needed.
class Logical : public Expression {
 public:
  Logical(std::size_t at, bool conjunction, ExpressionPointer left, ExpressionPointer right)
      : Expression(at),
        conjunction_(conjunction),
        left_(std::move(left)),
        right_(std::move(right)) {}

 private:
  Value compute(Context& context) const override;
  bool conjunction_;
  ExpressionPointer left_, right_;
};

// + - * / // % **
class Arithmetic : public Expression {
 public:
  Arithmetic(std::size_t at, std::string operation, ExpressionPointer left, ExpressionPointer right)
      : Expression(at),
        operation_(std::move(operation)),
        left_(std::move(left)),
        right_(std::move(right)) {}

 private:
  Value compute(Context& context) const override;
  std::string operation_;
  ExpressionPointer left_, right_;
};

// a ~ b ~ c: their texts, one after the other.
class Concatenation : public Expression {
 public:
  Concatenation(std::size_t at, std::vector<ExpressionPointer> parts)
      : Expression(at), parts_(std::move(parts)) {}

 private:
  Value compute(Context& context) const override;
  std::vector<ExpressionPointer> parts_;
};

// a < b <= c, a in b, a not in b: true if every neighboring pair agrees.
class Comparison : public Expression {
 public:
  using Links = std::vector<std::pair<std::string, ExpressionPointer>>;
  Comparison(std::size_t at, ExpressionPointer first, Links links)
      : Expression(at), first_(std::move(first)), links_(std::move(links)) {}

 private:
  Value compute(Context& context) const override;
  ExpressionPointer first_;
  Links links_;
};

// value if condition else otherwise (null: undefined).
class Conditional : public Expression {
 public:
  Conditional(std::size_t at, ExpressionPointer condition, ExpressionPointer value,
              ExpressionPointer otherwise)
      : Expression(at),
        condition_(std::move(condition)),
        value_(std::move(value)),
        otherwise_(std::move(otherwise)) {}

 private:
  Value compute(Context& context) const override;
  ExpressionPointer condition_, value_, otherwise_;
};

// How many expressions are inside of each other in a part of one, 0 for names and constants.
inline int heightOf(const ExpressionPointer& part) { return part == nullptr ? 0 : part->height(); }
int heightOf(const std::vector<ExpressionPointer>& parts);
int heightOf(const DictionaryLiteral::Entries& entries);
int heightOf(const Comparison::Links& links);
int heightOf(const ArgumentExpressions& arguments);
template <typename Other>
int heightOf(const Other&) {
  return 0;
}

}  // namespace canvass::jinja
