#pragma once

#include <cstddef>
#include <vector>

#include "base/json.h"
#include "designs/audit.h"
#include "report/terminal/terminal_text.h"

namespace canvass {

// What pairs of parts have in common: for each pair and each kind of overlap how many, and up to
// `examples` of them. Pairs without any are named together. At least one pair.
std::string auditText(const std::vector<PartPair>& pairs, std::size_t examples = 3,
                      const TerminalStyle& style = {});

// All overlaps, with both ids, both texts and their similarity.
Json auditJson(const std::vector<PartPair>& pairs);

}  // namespace canvass
