#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "microdata/draft/observed_codes.h"
#include "microdata/variable.h"

namespace canvass {

// What a draft says of how respondents were drawn.
struct DesignDraft {
  std::string toml;                // [design], with other candidates in comments
  std::size_t weightless = 0;      // respondents whose weight is 0
  std::string weight;              // the variable; empty: none was found
  std::set<std::size_t> used;      // indices of variables that are part of a design, taken or not
  std::vector<std::string> notes;  // for the user
};

DesignDraft draftDesign(const std::vector<Variable>& variables,
                        const std::vector<ObservedCodes>& observed);

}  // namespace canvass
