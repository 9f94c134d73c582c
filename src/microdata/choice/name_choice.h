#pragma once

#include <set>
#include <string>
#include <vector>

namespace canvass {

// The names that a list such as q1,q5-q9,trust* means: single names, stretches in the names' own
// order, and all that begin alike. `option`: for messages, "--questions". Throws Error for an entry
// that means none of the names, with those that may have been meant, and for a stretch whose end
// comes before its beginning.
std::set<std::string> chosenNames(const std::vector<std::string>& entries,
                                  const std::vector<std::string>& names, const std::string& option);

}  // namespace canvass
