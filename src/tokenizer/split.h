#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/range.h"

namespace canvass {

// What happens to a delimiter when a text is split at it.
enum class SplitBehavior { kRemoved, kIsolated, kMergedWithPrevious, kMergedWithNext, kContiguous };

// "Removed", "Isolated", ...; throws Error at `where` for another name.
SplitBehavior parseSplitBehavior(std::string_view name, const std::string& where);

// The non-empty pieces of `text` when it is split at `delimiters`, which are in order and do not
// overlap; `invert` swaps delimiters and what lies between them.
std::vector<TextRange> splitAt(std::string_view text, const std::vector<TextRange>& delimiters,
                               SplitBehavior behavior, bool invert = false);

}  // namespace canvass
