#include "tokenizer/split.h"

#include <fmt/format.h>

#include "base/error.h"

namespace canvass {
namespace {

struct Part {
  TextRange range;
  bool isDelimiter;
};

// Covers the whole text: the delimiters and what lies between them.
std::vector<Part> partsOf(std::string_view text, const std::vector<TextRange>& delimiters,
                          bool invert) {
  std::vector<Part> parts;
  std::size_t end = 0;
  for (const TextRange& delimiter : delimiters) {
    if (end < delimiter.begin) parts.push_back({{end, delimiter.begin}, invert});
    parts.push_back({delimiter, !invert});
    end = delimiter.end;
  }
  if (end < text.size()) parts.push_back({{end, text.size()}, invert});
  return parts;
}

// Whether the part continues the piece of the part before it. A run of delimiters is merged one by
// one: only the delimiter that touches other text joins it.
bool joinsPrevious(const std::vector<Part>& parts, std::size_t i, SplitBehavior behavior) {
  if (i == 0) return false;
  const bool before = parts[i - 1].isDelimiter;
  const bool here = parts[i].isDelimiter;
  switch (behavior) {
    case SplitBehavior::kMergedWithPrevious:
      return here && !before;
    case SplitBehavior::kMergedWithNext:
      return before && !here;
    case SplitBehavior::kContiguous:
      return before == here;
    default:
      return false;
  }
}

}  // namespace

SplitBehavior parseSplitBehavior(std::string_view name, const std::string& where) {
  if (name == "Removed") return SplitBehavior::kRemoved;
  if (name == "Isolated") return SplitBehavior::kIsolated;
  if (name == "MergedWithPrevious") return SplitBehavior::kMergedWithPrevious;
  if (name == "MergedWithNext") return SplitBehavior::kMergedWithNext;
  if (name == "Contiguous") return SplitBehavior::kContiguous;
  throw Error(fmt::format("the split behavior \"{}\" is not supported", name), where);
}

std::vector<TextRange> splitAt(std::string_view text, const std::vector<TextRange>& delimiters,
                               SplitBehavior behavior, bool invert) {
  const std::vector<Part> parts = partsOf(text, delimiters, invert);
  std::vector<TextRange> pieces;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (behavior == SplitBehavior::kRemoved && parts[i].isDelimiter) continue;
    if (joinsPrevious(parts, i, behavior)) {
      pieces.back().end = parts[i].range.end;
    } else {
      pieces.push_back(parts[i].range);
    }
  }
  return pieces;
}

}  // namespace canvass
