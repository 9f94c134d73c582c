#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace canvass {

// The value of a Python literal, as in a data set that was written with Python's repr().
struct PythonValue {
  enum class Kind { none, boolean, number, text, list, tuple, dict };

  Kind kind = Kind::none;
  bool boolean = false;
  double number = 0.0;
  std::string text;                   // of a text; of a number, the number as it is written
  std::vector<PythonValue> elements;  // of a list or tuple; of a dict, its values
  std::vector<PythonValue> keys;      // of a dict: one for each value, in the order of the text
};

// Parses one literal: dict, list, tuple, text (with Python's escapes), number, None, True, False,
// and defaultdict(<class 'list'>, {...}), which is its dict. Nothing is ever evaluated: names,
// calls, operators, sets, bytes, f-strings, nan and infinities are refused, as are nesting deeper
// than 32 and a key that appears twice in one dict or is neither text, number, None, True nor
// False. `text` is UTF-8. Throws Error, without a location, with `name` and the column (in bytes,
// counted from 1) of the text.
PythonValue parsePythonLiteral(std::string_view text, const std::string& name);

// The elements of a list or tuple of texts and numbers, numbers as they are written. Throws Error
// with `name` if it is not such a list.
std::vector<std::string> pythonTexts(const PythonValue& value, const std::string& name);

// The elements of a list or tuple of numbers. Throws Error with `name` if it is not such a list.
std::vector<double> pythonNumbers(const PythonValue& value, const std::string& name);

}  // namespace canvass
