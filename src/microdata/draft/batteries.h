#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "microdata/draft/drafted_question.h"
#include "microdata/variable.h"

namespace canvass {

struct DraftedVariable {
  const Variable* variable = nullptr;
  DraftedQuestion question;
  std::string topic;  // may be empty
};

// Neighboring variables that ask of one thing each whether it was chosen.
struct Battery {
  std::size_t first = 0;  // of the variables
  std::size_t count = 0;
  std::string toml;  // [[multi_select]]
};

// Runs of at least two variables whose labels have a common beginning ("Which do you drink? -
// Tea"), and whose options are "mentioned" and "not mentioned", with the same codes; or of which
// each has one labeled code, with the item's name, and empty values.
std::vector<Battery> findBatteries(const std::vector<DraftedVariable>& variables);

}  // namespace canvass
