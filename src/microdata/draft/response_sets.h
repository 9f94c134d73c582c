#pragma once

#include <string>
#include <vector>

#include "microdata/draft/observed_codes.h"
#include "microdata/response_set.h"
#include "microdata/variable.h"

namespace canvass {

// What becomes of a set that the file declares.
struct DraftedSet {
  std::vector<std::size_t> variables;  // indices; none if it is not drafted
  std::string toml;                    // [[multi_select]]
  std::string note;                    // why it is not drafted; empty if it is
};

// A set whose variables say whether one thing each was chosen is a [[multi_select]], with every
// other answer that its variables have as not chosen. A set whose variables hold the chosen things
// is not: a mapping cannot say that. `observed`: of each variable.
std::vector<DraftedSet> draftResponseSets(const std::vector<ResponseSet>& sets,
                                          const std::vector<Variable>& variables,
                                          const std::vector<ObservedCodes>& observed);

}  // namespace canvass
