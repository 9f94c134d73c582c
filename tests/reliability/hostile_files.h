#pragma once

#include <cstddef>
#include <string>

namespace canvass::test {

// A small survey of two questions and two populations, as canvass writes it.
std::string smallSurvey();
// A mapping of a file of respondents with one column "q", of the codes 1 and 2.
std::string smallMappingOf(const std::string& variable = "q");

// `text` so many times.
std::string repeated(const std::string& text, std::size_t times);
// A list in a list in a list ...
std::string nestedLists(std::size_t depth);
// {"a":{"a":{"a": ...
std::string nestedObjects(std::size_t depth);

}  // namespace canvass::test
