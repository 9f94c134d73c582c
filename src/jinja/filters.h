#pragma once

#include <map>
#include <string>

#include "jinja/value.h"

namespace canvass::jinja {

using Filter = Value (*)(const Value& input, const Arguments& arguments);
using FilterTable = std::map<std::string, Filter>;

// value | name(arguments). Throws Failure if canvass has no such filter.
Value applyFilter(const std::string& name, const Value& input, const Arguments& arguments);
bool hasFilter(const std::string& name);

// The tables that applyFilter looks into; to add a filter, add a function and a line to one.
const FilterTable& textFilters();
const FilterTable& sequenceFilters();
const FilterTable& selectionFilters();

// value is name(arguments). Throws Failure if canvass has no such test.
bool applyTest(const std::string& name, const Value& value, const Arguments& arguments);

}  // namespace canvass::jinja
