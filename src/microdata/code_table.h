#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "microdata/mapping.h"
#include "microdata/variable.h"

namespace canvass {

// What the codes of one variable mean, as small integers, quick to look up.
class CodeTable {
 public:
  // Returns the first of the codes that already has another meaning, for the caller to report.
  std::optional<std::string> add(const CodeSet& codes, std::int16_t meaning);
  // Nothing for a code that was never added.
  std::optional<std::int16_t> find(const Value& value) const;

 private:
  struct Stretch {
    NumberRange range;
    std::int16_t meaning = 0;
  };
  struct TextHash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  std::optional<std::string> addCode(const std::string& code, std::int16_t meaning);
  std::optional<std::string> addRange(const NumberRange& range, std::int16_t meaning);

  std::vector<std::pair<double, std::int16_t>> numbers_;  // by number
  std::vector<Stretch> stretches_;
  std::unordered_map<std::string, std::int16_t, TextHash, std::equal_to<>> texts_;
};

// "from 18 to 29", "from 65", "up to 17".
std::string rangeText(const NumberRange& range);

}  // namespace canvass
