#pragma once

#include <string>
#include <vector>

#include "designs/audit.h"

namespace canvass {

// The names of all kinds of overlap, in their order.
std::vector<std::string> overlapNames();

// Throws Error counting what the parts have in common of other kinds than those that are allowed.
void requireNoOverlap(const std::vector<PartPair>& pairs, const std::vector<std::string>& allowed);

}  // namespace canvass
