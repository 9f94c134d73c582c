#pragma once

#include <string>
#include <vector>

#include "survey/survey.h"

namespace canvass {

// One part of a study design: "train", "test-C2Q1".
struct Part {
  std::string name;
  Survey survey;
};

// A survey divided as a study design says.
struct Parts {
  std::vector<Part> parts;              // each has at least one item
  std::vector<std::string> emptyParts;  // names of the design's parts that have no items
  std::vector<std::string> notes;       // what was left out, and what is wrong with the design
};

// Adds the items at these indices as a part, or its name if there is none.
void addPart(Parts& parts, const std::string& name, const Survey& survey,
             const std::vector<std::size_t>& items);

}  // namespace canvass
