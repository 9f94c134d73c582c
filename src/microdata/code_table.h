#pragma once

#include <cstddef>
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
//
// A code is found by its spelling. A number that is spelled in none of the listed ways is found by
// its number, as far as that is unambiguous: 1 stands for "01" too if no listed code of that number
// means something else, and if the file has it in one spelling only. A range holds every spelling.
class CodeTable {
 public:
  // Returns the first of the codes that already has another meaning, for the caller to report.
  std::optional<std::string> add(const CodeSet& codes, std::int16_t meaning);

  // Nothing for a code that stands for nothing listed.
  std::optional<std::int16_t> find(const Value& value) const;
  // The same, by spelling and range only: for tables that grow by what files have.
  std::optional<std::int16_t> findSpelled(const Value& value) const;
  // The same as `find`, of the values of one file, whose spellings the table remembers. Throws
  // Error, without a location, if the file spells a number in two ways of which one is not listed.
  std::optional<std::int16_t> findInFile(const Value& value);

 private:
  struct Spelling {
    std::string text;  // as Value::text
    std::int16_t meaning = 0;
  };
  // The codes that are one number.
  struct Number {
    double number = 0.0;
    std::vector<Spelling> spellings;
    std::optional<std::string> inFile;  // how the file spells it

    std::optional<std::int16_t> meaningOf(std::string_view text) const;
    bool isUnambiguous() const;
  };
  struct Stretch {
    NumberRange range;
    std::int16_t meaning = 0;
  };
  struct TextHash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  std::optional<std::string> addCode(const std::string& code, std::int16_t meaning);
  std::optional<std::string> addRange(const NumberRange& range, std::int16_t meaning);
  // The index of the number, or where it would have to be.
  std::size_t indexOf(double number) const;
  bool has(std::size_t index, double number) const;
  std::optional<std::int16_t> findInRanges(double number) const;
  static void checkSpelling(Number& known, std::string_view text);

  std::vector<Number> numbers_;  // by number
  std::vector<Stretch> stretches_;
  std::unordered_map<std::string, std::int16_t, TextHash, std::equal_to<>> texts_;
};

// "from 18 to 29", "from 65", "up to 17".
std::string rangeText(const NumberRange& range);

}  // namespace canvass
