#pragma once

#include <string>
#include <utility>
#include <vector>

#include "jinja/expressions.h"
#include "jinja/syntax_tree.h"

namespace canvass::jinja {

class TextOutput : public Statement {
 public:
  explicit TextOutput(std::string text) : text_(std::move(text)) {}
  Flow execute(Context& context) const override;

 private:
  std::string text_;
};

// {{ expression }}
class ValueOutput : public Statement {
 public:
  explicit ValueOutput(ExpressionPointer value) : value_(std::move(value)) {}
  Flow execute(Context& context) const override;

 private:
  ExpressionPointer value_;
};

class If : public Statement {
 public:
  // A branch without a condition is the else.
  using Branches = std::vector<std::pair<ExpressionPointer, Body>>;
  explicit If(Branches branches) : branches_(std::move(branches)) {}
  Flow execute(Context& context) const override;

 private:
  Branches branches_;
};

// The targets of set and for: a name, several names, or an attribute of a namespace.
struct Target {
  std::size_t at = 0;
  std::vector<std::string> names;
  bool isTuple = false;
  std::string attribute;  // of the namespace names[0]; empty otherwise

  // Throws Error if the values do not fit the names.
  void assign(const Value& value, Context& context) const;

 private:
  // Both throw Failure.
  void assignChecked(const Value& value, Context& context) const;
  void assignAttribute(const Value& value, Context& context) const;
};

class For : public Statement {
 public:
  // `filter` is null if the loop visits every element; `otherwise` runs if it visited none.
  For(Target target, ExpressionPointer iterable, ExpressionPointer filter, Body body,
      Body otherwise)
      : target_(std::move(target)),
        iterable_(std::move(iterable)),
        filter_(std::move(filter)),
        body_(std::move(body)),
        otherwise_(std::move(otherwise)) {}
  Flow execute(Context& context) const override;

 private:
  std::vector<Value> elements(Context& context) const;
  bool takes(const Value& element, Context& context) const;

  Target target_;
  ExpressionPointer iterable_, filter_;
  Body body_, otherwise_;
};

// {% break %} and {% continue %}
class LoopControl : public Statement {
 public:
  explicit LoopControl(Flow flow) : flow_(flow) {}
  Flow execute(Context&) const override { return flow_; }

 private:
  Flow flow_;
};

class Set : public Statement {
 public:
  Set(Target target, ExpressionPointer value)
      : target_(std::move(target)), value_(std::move(value)) {}
  Flow execute(Context& context) const override;

 private:
  Target target_;
  ExpressionPointer value_;
};

// The filters of {% set name | filter %} and {% filter name %}, applied in order.
struct FilterStep {
  std::size_t at = 0;
  std::string name;
  ArgumentExpressions arguments;
};
using FilterChain = std::vector<FilterStep>;

// {% set name %}...{% endset %}
class BlockSet : public Statement {
 public:
  BlockSet(Target target, FilterChain filters, Body body)
      : target_(std::move(target)), filters_(std::move(filters)), body_(std::move(body)) {}
  Flow execute(Context& context) const override;

 private:
  Target target_;
  FilterChain filters_;
  Body body_;
};

// {% filter name %}...{% endfilter %}
class FilterBlock : public Statement {
 public:
  FilterBlock(FilterChain filters, Body body)
      : filters_(std::move(filters)), body_(std::move(body)) {}
  Flow execute(Context& context) const override;

 private:
  FilterChain filters_;
  Body body_;
};

// {% generation %}...{% endgeneration %}: marks what the model writes; prints it unchanged.
class GenerationBlock : public Statement {
 public:
  explicit GenerationBlock(Body body) : body_(std::move(body)) {}
  Flow execute(Context& context) const override;

 private:
  Body body_;
};

class Macro : public Statement {
 public:
  // A parameter without a default is undefined if a call leaves it out.
  using MacroParameters = std::vector<std::pair<std::string, ExpressionPointer>>;
  Macro(std::string name, MacroParameters parameters, Body body)
      : name_(std::move(name)), parameters_(std::move(parameters)), body_(std::move(body)) {}
  Flow execute(Context& context) const override;

 private:
  Value call(const Arguments& arguments, const Scope& definition, Context& context) const;
  void bind(const Arguments& arguments, Context& context) const;
  const Value* namedArgument(const Arguments& arguments, const std::string& name) const;
  void checkArguments(const Arguments& arguments) const;

  std::string name_;
  MacroParameters parameters_;
  Body body_;
};

}  // namespace canvass::jinja
