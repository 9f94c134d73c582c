#include "jinja/expressions.h"

#include <algorithm>
#include <array>

#include "jinja/access.h"
#include "jinja/filters.h"
#include "jinja/operators.h"
#include "jinja/python_text.h"

namespace canvass::jinja {
namespace {

Value valueOrNone(const ExpressionPointer& expression, Context& context) {
  return expression == nullptr ? Value(None{}) : expression->evaluate(context);
}

bool holds(const std::string& operation, const Value& left, const Value& right) {
  if (operation == "in") return contains(right, left);
  if (operation == "not in") return !contains(right, left);
  return compares(operation, left, right);
}

// Python refuses unhashable keys too.
const Value& checkedKey(const Value& key) {
  if (key.is<std::string>() || key.is<None>() || key.isNumber()) return key;
  throw Failure{typeName(key) + " cannot be a key"};
}

// Those of **value.
void addNamed(Arguments& arguments, const Value& value) {
  const Mapping* const more = value.mapping(Mapping::Kind::dictionary);
  if (more == nullptr) throw Failure{typeName(value) + " cannot give named arguments"};
  for (const auto& [key, argument] : more->entries) {
    const std::string name = requireString(key, "the name of an argument");
    spend(1 + arguments.named.size());
    for (const auto& [given, other] : arguments.named) {
      if (given == name) throw Failure{"the argument '" + name + "' is given twice"};
    }
    arguments.named.emplace_back(name, argument);
  }
}

}  // namespace

Value Expression::evaluate(Context& context) const {
  try {
    return context.nested([&] {
      Value value = compute(context);
      spendOnCopy(value);
      return value;
    });
  } catch (const Failure& failure) {
    context.source().fail(at_, failure.message);
  }
}

Value Name::compute(Context& context) const {
  if (const Value* found = context.scope().find(name_)) return *found;
  // Jinja has these, so that they are not undefined there.
  static constexpr std::array kUnsupported = {"varargs", "kwargs", "caller", "self",
                                              "super",   "cycler", "joiner", "lipsum"};
  const bool known =
      std::find(kUnsupported.begin(), kUnsupported.end(), name_) != kUnsupported.end();
  if (known) throw Failure{"'" + name_ + "' is not supported"};
  return Undefined{"'" + name_ + "' is undefined"};
}

Value SequenceLiteral::compute(Context& context) const {
  std::vector<Value> values;
  for (const auto& item : items_) values.push_back(item->evaluate(context));
  return makeSequence(kind_, std::move(values));
}

Value DictionaryLiteral::compute(Context& context) const {
  Value dictionary = makeMapping(Mapping::Kind::dictionary);
  for (const auto& [key, value] : entries_) {
    const Value name = key->evaluate(context);
    dictionary.mapping()->set(checkedKey(name), value->evaluate(context));
  }
  return dictionary;
}

Value Attribute::compute(Context& context) const {
  return attributeOf(value_->evaluate(context), name_);
}

Value Subscript::compute(Context& context) const {
  const Value value = value_->evaluate(context);
  return itemOf(value, key_->evaluate(context));
}

Value Slice::compute(Context& context) const {
  const Value value = value_->evaluate(context);
  const Value begin = valueOrNone(begin_, context);
  const Value end = valueOrNone(end_, context);
  return sliceOf(value, begin, end, valueOrNone(step_, context));
}

int heightOf(const std::vector<ExpressionPointer>& parts) {
  int height = 0;
  for (const ExpressionPointer& part : parts) height = std::max(height, heightOf(part));
  return height;
}

int heightOf(const DictionaryLiteral::Entries& entries) {
  int height = 0;
  for (const auto& [key, value] : entries) {
    height = std::max({height, heightOf(key), heightOf(value)});
  }
  return height;
}

int heightOf(const Comparison::Links& links) {
  int height = 0;
  for (const auto& [operation, value] : links) height = std::max(height, heightOf(value));
  return height;
}

int heightOf(const ArgumentExpressions& arguments) {
  int height = heightOf(arguments.positional);
  for (const auto& [name, value] : arguments.named) height = std::max(height, heightOf(value));
  return std::max({height, heightOf(arguments.spread), heightOf(arguments.spreadNamed)});
}

bool ArgumentExpressions::has(const std::string& name) const {
  return std::any_of(named.begin(), named.end(),
                     [&](const auto& argument) { return argument.first == name; });
}

Arguments ArgumentExpressions::evaluate(Context& context) const {
  Arguments arguments;
  for (const auto& expression : positional) {
    arguments.positional.push_back(expression->evaluate(context));
  }
  for (const auto& [name, expression] : named) {
    arguments.named.emplace_back(name, expression->evaluate(context));
  }
  if (spread) {
    const auto more = elementsOf(spread->evaluate(context));
    arguments.positional.insert(arguments.positional.end(), more.begin(), more.end());
  }
  if (spreadNamed) addNamed(arguments, spreadNamed->evaluate(context));
  return arguments;
}

Value Call::compute(Context& context) const {
  const Value function = function_->evaluate(context);
  if (const auto* undefined = function.as<Undefined>()) throw Failure{undefined->reason};
  if (function.callable() == nullptr) throw Failure{typeName(function) + " cannot be called"};
  return function.callable()->call(arguments_.evaluate(context));
}

Value FilterCall::compute(Context& context) const {
  const Value input = input_->evaluate(context);
  return applyFilter(name_, input, arguments_.evaluate(context));
}

Value TestCall::compute(Context& context) const {
  const Value value = value_->evaluate(context);
  return applyTest(name_, value, arguments_.evaluate(context));
}

Value Not::compute(Context& context) const { return !isTrue(value_->evaluate(context)); }

Value Sign::compute(Context& context) const {
  const Value value = value_->evaluate(context);
  return minus_ ? negated(value) : arithmetic("+", std::int64_t{0}, value);
}

Value Logical::compute(Context& context) const {
  const Value left = left_->evaluate(context);
  return isTrue(left) == conjunction_ ? right_->evaluate(context) : left;
}

Value Arithmetic::compute(Context& context) const {
  const Value left = left_->evaluate(context);
  return arithmetic(operation_, left, right_->evaluate(context));
}

Value Concatenation::compute(Context& context) const {
  std::string text;
  for (const auto& part : parts_) append(text, textOf(part->evaluate(context)));
  return text;
}

Value Comparison::compute(Context& context) const {
  Value left = first_->evaluate(context);
  for (const auto& [operation, expression] : links_) {
    Value right = expression->evaluate(context);
    if (!holds(operation, left, right)) return false;
    left = std::move(right);
  }
  return true;
}

Value Conditional::compute(Context& context) const {
  if (isTrue(condition_->evaluate(context))) return value_->evaluate(context);
  if (otherwise_ != nullptr) return otherwise_->evaluate(context);
  return Undefined{"the inline if has no else for this case"};
}

}  // namespace canvass::jinja
