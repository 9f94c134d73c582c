#include "jinja/arguments.h"

#include <algorithm>

#include "jinja/source.h"

namespace canvass::jinja {

Parameters::Parameters(const std::string& function, const Arguments& arguments,
                       std::initializer_list<const char*> names)
    : function_(function) {
  if (arguments.positional.size() > names.size()) {
    throw Failure{function + " takes at most " + std::to_string(names.size()) + " arguments, not " +
                  std::to_string(arguments.positional.size())};
  }
  for (std::size_t i = 0; i < arguments.positional.size(); ++i) {
    bind(names.begin()[i], arguments.positional[i]);
  }
  for (const auto& [name, value] : arguments.named) {
    const bool known =
        std::any_of(names.begin(), names.end(),
                    [&name = name](const char* candidate) { return name == candidate; });
    if (!known) throw Failure{function + " has no argument '" + name + "' here"};
    bind(name, value);
  }
}

void Parameters::bind(const std::string& name, const Value& value) {
  if (find(name) != nullptr) throw Failure{function_ + " is given '" + name + "' twice"};
  bound_.emplace_back(name, &value);
}

const Value* Parameters::find(const std::string& name) const {
  for (const auto& [bound, value] : bound_) {
    if (bound == name) return value;
  }
  return nullptr;
}

const Value& Parameters::require(const std::string& name) const {
  if (const Value* value = find(name)) return *value;
  throw Failure{function_ + " needs the argument '" + name + "'"};
}

std::int64_t Parameters::integer(const std::string& name, std::int64_t otherwise) const {
  const Value* value = find(name);
  return value == nullptr ? otherwise : requireInteger(*value, "'" + name + "' of " + function_);
}

std::string Parameters::string(const std::string& name, const std::string& otherwise) const {
  const Value* value = find(name);
  return value == nullptr ? otherwise : requireString(*value, "'" + name + "' of " + function_);
}

bool Parameters::truth(const std::string& name, bool otherwise) const {
  const Value* value = find(name);
  return value == nullptr ? otherwise : isTrue(*value);
}

}  // namespace canvass::jinja
