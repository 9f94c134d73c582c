#pragma once

#include <initializer_list>
#include <string>

#include "jinja/value.h"

namespace canvass::jinja {

// The arguments of one call under the names of its parameters, as Python binds them. Throws
// Failure naming `function` for too many, unknown or repeated ones. Refers to the arguments.
class Parameters {
 public:
  Parameters(const std::string& function, const Arguments& arguments,
             std::initializer_list<const char*> names);

  // Null if the call does not give it.
  const Value* find(const std::string& name) const;
  // Throws Failure if the call does not give it.
  const Value& require(const std::string& name) const;
  std::int64_t integer(const std::string& name, std::int64_t otherwise) const;
  std::string string(const std::string& name, const std::string& otherwise) const;
  bool truth(const std::string& name, bool otherwise) const;

 private:
  void bind(const std::string& name, const Value& value);

  std::string function_;
  std::vector<std::pair<std::string, const Value*>> bound_;
};

}  // namespace canvass::jinja
