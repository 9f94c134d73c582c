#pragma once

#include <string>
#include <vector>

#include "designs/audit.h"

namespace canvass {

// The names of all kinds of overlap, in their order.
std::vector<std::string> overlapNames();

// Throws Error with the number of overlaps of each kind that is not allowed.
void requireNoOverlap(const std::vector<PartPair>& pairs, const std::vector<std::string>& allowed);

}  // namespace canvass
