#pragma once

#include <string>
#include <vector>

namespace canvass {

// True if the labels show that options have an order: at least half of them have words such as
// "agree", "somewhat" or "never", or they begin with numbers that rise or fall ("1 to 5", "6 to
// 10").
bool looksOrdered(const std::vector<std::string>& labels);

}  // namespace canvass
