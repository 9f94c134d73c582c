#pragma once

#include <memory>
#include <string>
#include <vector>

#include "jinja/context.h"
#include "jinja/value.h"

namespace canvass::jinja {

// A part of an expression: knows its location and how to evaluate itself.
class Expression {
 public:
  explicit Expression(std::size_t at) : at_(at) {}
  virtual ~Expression() = default;
  Expression(const Expression&) = delete;
  Expression& operator=(const Expression&) = delete;

  // Throws Error at this location in the template for what Python would reject.
  Value evaluate(Context& context) const;
  std::size_t at() const { return at_; }
  // How many expressions are inside of each other, this one included.
  int height() const { return height_; }
  void setHeight(int height) { height_ = height; }

 private:
  // Throws Failure.
  virtual Value compute(Context& context) const = 0;

  std::size_t at_;
  int height_ = 1;
};
using ExpressionPointer = std::unique_ptr<const Expression>;

// What happens after a statement: the next one, or the end of the innermost loop's iteration or of
// the loop.
enum class Flow { next, continueLoop, breakLoop };

class Statement {
 public:
  Statement() = default;
  virtual ~Statement() = default;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // Throws Error, or Failure where it does not know a location.
  virtual Flow execute(Context& context) const = 0;
};
using StatementPointer = std::unique_ptr<const Statement>;

// A statement and its first byte in the template.
struct PlacedStatement {
  std::size_t at;
  StatementPointer statement;
};
using Body = std::vector<PlacedStatement>;

Flow executeBody(const Body& body, Context& context);

}  // namespace canvass::jinja
