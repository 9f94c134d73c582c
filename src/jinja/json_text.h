#pragma once

#include <string>

#include "jinja/value.h"

namespace canvass::jinja {

struct JsonStyle {
  std::optional<std::string> indent;  // of one level; one line if there is none
  std::string itemSeparator = ", ";
  std::string keySeparator = ": ";
  bool asciiOnly = false;
  bool sortKeys = false;
};

// json.dumps(value). Throws Failure for what JSON has no form for.
std::string jsonTextOf(const Value& value, const JsonStyle& style);

}  // namespace canvass::jinja
