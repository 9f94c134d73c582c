#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "survey/survey.h"

namespace canvass {

// The groups of the population of the United States that OpinionQA and SubPOP name in the same way:
// by an attribute of the American Trends Panel and one of its values, "SEX" and "Male". Both
// formats make the same populations from them, so that one can be trained on and the other tested.

struct PanelGroup {
  std::string_view attribute;  // "CREGION"
  std::string_view group;      // "Northeast"
  std::string_view words;      // "lives in the Northeast"
};

// All groups with words of their own; docs/data.md lists them.
std::span<const PanelGroup> panelGroups();

// What follows "someone in the United States who": a group without words of its own "belongs to
// the group "Gen Z" (AGE)".
std::string panelGroupWords(std::string_view attribute, std::string_view group);

struct AttributeValue {
  std::string attribute;
  std::string value;
};

// The population of those who have all of the values, in the order of the attributes' names: its id
// and name are "RACE = Black, SEX = Male", its phrase "someone in the United States who is Black
// and is male". With the attribute "country" it is "someone from Japan who", continued as above.
Population panelPopulation(std::vector<AttributeValue> values);

// All respondents of a survey of the United States.
Population wholePanel();

}  // namespace canvass
