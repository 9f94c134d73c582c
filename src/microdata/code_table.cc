#include "microdata/code_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace canvass {
namespace {

bool contains(const NumberRange& range, double number) {
  return range.low <= number && number <= range.high;
}

bool overlap(const NumberRange& a, const NumberRange& b) {
  return a.low <= b.high && b.low <= a.high;
}

}  // namespace

std::string rangeText(const NumberRange& range) {
  if (std::isinf(range.low)) return "up to " + numberText(range.high);
  if (std::isinf(range.high)) return "from " + numberText(range.low);
  return fmt::format("from {} to {}", numberText(range.low), numberText(range.high));
}

std::optional<std::string> CodeTable::add(const CodeSet& codes, std::int16_t meaning) {
  for (const std::string& code : codes.codes) {
    if (auto taken = addCode(code, meaning)) return taken;
  }
  for (const NumberRange& range : codes.ranges) {
    if (auto taken = addRange(range, meaning)) return taken;
  }
  return std::nullopt;
}

std::optional<std::string> CodeTable::addCode(const std::string& code, std::int16_t meaning) {
  const Value value = valueOf(code);
  if (const auto known = find(value)) {
    return *known == meaning ? std::nullopt : std::optional(code);
  }
  if (value.kind != Value::Kind::number) {
    texts_.emplace(code, meaning);
  } else {
    const std::pair entry{value.number, meaning};
    numbers_.insert(std::upper_bound(numbers_.begin(), numbers_.end(), entry), entry);
  }
  return std::nullopt;
}

std::optional<std::string> CodeTable::addRange(const NumberRange& range, std::int16_t meaning) {
  for (const auto& [number, known] : numbers_) {
    if (contains(range, number) && known != meaning) return numberText(number);
  }
  for (const Stretch& stretch : stretches_) {
    if (overlap(range, stretch.range) && stretch.meaning != meaning) {
      return numberText(std::max(range.low, stretch.range.low));
    }
  }
  stretches_.push_back({range, meaning});
  return std::nullopt;
}

std::optional<std::int16_t> CodeTable::find(const Value& value) const {
  if (value.kind != Value::Kind::number) {
    const auto found = texts_.find(value.text);
    return found == texts_.end() ? std::nullopt : std::optional(found->second);
  }
  const auto at = std::lower_bound(numbers_.begin(), numbers_.end(), value.number,
                                   [](const auto& entry, double n) { return entry.first < n; });
  if (at != numbers_.end() && at->first == value.number) return at->second;
  for (const Stretch& stretch : stretches_) {
    if (contains(stretch.range, value.number)) return stretch.meaning;
  }
  return std::nullopt;
}

}  // namespace canvass
