#pragma once

#include <cstddef>
#include <string>

namespace canvass::test {

// A small survey of two questions and two populations, as canvass writes it.
std::string smallSurvey();
// A mapping of a file of respondents with one column "q", of the codes 1 and 2.
std::string smallMappingOf(const std::string& variable = "q");
// One of so many questions and populations, each question asked of each population.
std::string surveyOf(std::size_t questions, std::size_t populations);
// A mapping of the columns "g", with so many values, and "q".
std::string mappingOfGroups(std::size_t values);

// `text` so many times.
std::string repeated(const std::string& text, std::size_t times);
// A list in a list in a list ...
std::string nestedLists(std::size_t depth);
// {"a":{"a":{"a": ...
std::string nestedObjects(std::size_t depth);

}  // namespace canvass::test
