#include "jinja/statements.h"

#include <algorithm>

#include "jinja/filters.h"
#include "jinja/python_text.h"

namespace canvass::jinja {
namespace {

Value applyFilters(const FilterChain& filters, Value value, Context& context) {
  for (const FilterStep& step : filters) {
    try {
      value = applyFilter(step.name, value, step.arguments.evaluate(context));
    } catch (const Failure& failure) {
      context.source().fail(step.at, failure.message);
    }
  }
  return value;
}

std::string printed(const Value& value, std::size_t at, Context& context) {
  try {
    return textOf(value);
  } catch (const Failure& failure) {
    context.source().fail(at, failure.message);
  }
}

Flow executeAt(const PlacedStatement& placed, Context& context) {
  try {
    return placed.statement->execute(context);
  } catch (const Failure& failure) {
    context.source().fail(placed.at, failure.message);
  }
}

// The text of a block whose names stay inside it.
std::string captureBlock(const Body& body, Context& context) {
  return context.capture(
      [&] { context.inNewScope(context.scope(), [&] { return executeBody(body, context); }); });
}

}  // namespace

Flow executeBody(const Body& body, Context& context) {
  return context.nested([&] {
    for (const PlacedStatement& placed : body) {
      const Flow flow = executeAt(placed, context);
      if (flow != Flow::next) return flow;
    }
    return Flow::next;
  });
}

Flow TextOutput::execute(Context& context) const {
  context.write(text_);
  return Flow::next;
}

Flow ValueOutput::execute(Context& context) const {
  const Value value = value_->evaluate(context);
  context.write(printed(context.defined(value, value_->at()), value_->at(), context));
  return Flow::next;
}

Flow If::execute(Context& context) const {
  for (const auto& [condition, body] : branches_) {
    if (condition == nullptr) return executeBody(body, context);
    const Value decides = condition->evaluate(context);
    if (isTrue(context.defined(decides, condition->at()))) return executeBody(body, context);
  }
  return Flow::next;
}

void Target::assign(const Value& value, Context& context) const {
  try {
    assignChecked(value, context);
  } catch (const Failure& failure) {
    context.source().fail(at, failure.message);
  }
}

void Target::assignChecked(const Value& value, Context& context) const {
  if (!attribute.empty()) return assignAttribute(value, context);
  if (!isTuple) return context.scope().set(names[0], value);
  const std::vector<Value> values = elementsOf(value);
  if (values.size() != names.size()) {
    throw Failure{std::to_string(values.size()) + " values do not fit " +
                  std::to_string(names.size()) + " names"};
  }
  for (std::size_t i = 0; i < names.size(); ++i) context.scope().set(names[i], values[i]);
}

void Target::assignAttribute(const Value& value, Context& context) const {
  const Value* found = context.scope().find(names[0]);
  Mapping* space = found == nullptr ? nullptr : found->mapping(Mapping::Kind::nameSpace);
  if (space == nullptr) throw Failure{"'" + names[0] + "' is not a namespace"};
  checkNamespaceEntry(attribute, value);
  space->set(attribute, value);
}

Flow Set::execute(Context& context) const {
  target_.assign(value_->evaluate(context), context);
  return Flow::next;
}

Flow BlockSet::execute(Context& context) const {
  target_.assign(applyFilters(filters_, captureBlock(body_, context), context), context);
  return Flow::next;
}

Flow FilterBlock::execute(Context& context) const {
  const Value value = applyFilters(filters_, captureBlock(body_, context), context);
  context.write(printed(value, filters_.front().at, context));
  return Flow::next;
}

Flow GenerationBlock::execute(Context& context) const {
  context.write(captureBlock(body_, context));
  return Flow::next;
}

}  // namespace canvass::jinja
