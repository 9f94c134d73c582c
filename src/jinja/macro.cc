#include <algorithm>

#include "jinja/statements.h"

namespace canvass::jinja {

// The callable refers to the scope and the rendering it was made in, which outlive it.
Flow Macro::execute(Context& context) const {
  const Scope& definition = context.scope();
  context.keepScopes();
  context.scope().set(
      name_, makeCallable(name_, [this, &definition, &context](const Arguments& arguments) {
        return call(arguments, definition, context);
      }));
  return Flow::next;
}

Value Macro::call(const Arguments& arguments, const Scope& definition, Context& context) const {
  spend(arguments.named.size() * (1 + parameters_.size() / kStepsOfCall));
  checkArguments(arguments);
  return context.capture([&] {
    context.inNewScope(definition, [&] {
      bind(arguments, context);
      return executeBody(body_, context);
    });
  });
}

void Macro::bind(const Arguments& arguments, Context& context) const {
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const auto& [name, otherwise] = parameters_[i];
    const Value* named = namedArgument(arguments, name);
    if (i < arguments.positional.size()) {
      context.scope().set(name, arguments.positional[i]);
    } else if (named != nullptr) {
      context.scope().set(name, *named);
    } else if (otherwise != nullptr) {
      context.scope().set(name, otherwise->evaluate(context));
    } else {
      context.scope().set(name, Undefined{"parameter '" + name + "' was not provided"});
    }
  }
}

const Value* Macro::namedArgument(const Arguments& arguments, const std::string& name) const {
  for (const auto& [given, value] : arguments.named) {
    if (given == name) return &value;
  }
  return nullptr;
}

void Macro::checkArguments(const Arguments& arguments) const {
  if (arguments.positional.size() > parameters_.size()) {
    throw Failure{"the macro " + name_ + " takes at most " + std::to_string(parameters_.size()) +
                  " arguments"};
  }
  for (const auto& [given, value] : arguments.named) {
    const auto found =
        std::find_if(parameters_.begin(), parameters_.end(),
                     [&given = given](const auto& parameter) { return parameter.first == given; });
    if (found == parameters_.end()) {
      throw Failure{"the macro " + name_ + " has no parameter '" + given + "'"};
    }
    const auto index = static_cast<std::size_t>(found - parameters_.begin());
    if (index < arguments.positional.size()) {
      throw Failure{"the macro " + name_ + " is given '" + given + "' twice"};
    }
  }
}

}  // namespace canvass::jinja
