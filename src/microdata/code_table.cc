#include "microdata/code_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"

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

std::optional<std::int16_t> CodeTable::Number::meaningOf(std::string_view text) const {
  const auto found = std::ranges::find(spellings, text, &Spelling::text);
  return found == spellings.end() ? std::nullopt : std::optional(found->meaning);
}

bool CodeTable::Number::isUnambiguous() const {
  return std::ranges::all_of(
      spellings, [this](const Spelling& one) { return one.meaning == spellings.front().meaning; });
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
  if (const auto known = findSpelled(value)) {
    return *known == meaning ? std::nullopt : std::optional(code);
  }
  if (value.kind != Value::Kind::number) {
    texts_.emplace(value.text, meaning);
    return std::nullopt;
  }
  const std::size_t index = indexOf(value.number);
  if (!has(index, value.number)) {
    numbers_.insert(numbers_.begin() + static_cast<std::ptrdiff_t>(index),
                    Number{value.number, {}, std::nullopt});
  }
  numbers_[index].spellings.push_back({std::string(value.text), meaning});
  return std::nullopt;
}

std::optional<std::string> CodeTable::addRange(const NumberRange& range, std::int16_t meaning) {
  for (const Number& one : numbers_) {
    if (!contains(range, one.number)) continue;
    if (one.spellings.front().meaning != meaning || !one.isUnambiguous()) {
      return numberText(one.number);
    }
  }
  for (const Stretch& stretch : stretches_) {
    if (overlap(range, stretch.range) && stretch.meaning != meaning) {
      return numberText(std::max(range.low, stretch.range.low));
    }
  }
  stretches_.push_back({range, meaning});
  return std::nullopt;
}

std::size_t CodeTable::indexOf(double number) const {
  const auto at = std::ranges::lower_bound(numbers_, number, {}, &Number::number);
  return static_cast<std::size_t>(at - numbers_.begin());
}

bool CodeTable::has(std::size_t index, double number) const {
  return index < numbers_.size() && numbers_[index].number == number;
}

std::optional<std::int16_t> CodeTable::findInRanges(double number) const {
  for (const Stretch& stretch : stretches_) {
    if (contains(stretch.range, number)) return stretch.meaning;
  }
  return std::nullopt;
}

std::optional<std::int16_t> CodeTable::findSpelled(const Value& value) const {
  if (value.kind != Value::Kind::number) {
    const auto found = texts_.find(value.text);
    return found == texts_.end() ? std::nullopt : std::optional(found->second);
  }
  const std::size_t index = indexOf(value.number);
  const auto meaning =
      has(index, value.number) ? numbers_[index].meaningOf(value.text) : std::nullopt;
  return meaning ? meaning : findInRanges(value.number);
}

std::optional<std::int16_t> CodeTable::find(const Value& value) const {
  if (const auto meaning = findSpelled(value)) return meaning;
  if (value.kind != Value::Kind::number) return std::nullopt;
  const std::size_t index = indexOf(value.number);
  if (!has(index, value.number) || !numbers_[index].isUnambiguous()) return std::nullopt;
  return numbers_[index].spellings.front().meaning;
}

// Two spellings in one file are two codes: a listed one must not take the other along.
void CodeTable::checkSpelling(Number& known, std::string_view text) {
  if (!known.inFile) known.inFile = text;
  if (*known.inFile == text) return;
  if (known.meaningOf(text) && known.meaningOf(*known.inFile)) return;
  const auto code = [&known](std::string_view spelling) {
    return codeText({Value::Kind::number, known.number, spelling});
  };
  const std::string both = fmt::format("\"{}\" and \"{}\"", code(*known.inFile), code(text));
  throw Error(fmt::format("the file has both {}, but the mapping does not list both", both), {},
              fmt::format("list {} as texts in quotes, each where it belongs", both));
}

std::optional<std::int16_t> CodeTable::findInFile(const Value& value) {
  const std::size_t index = value.kind == Value::Kind::number ? indexOf(value.number) : 0;
  if (value.kind != Value::Kind::number || !has(index, value.number)) return find(value);
  checkSpelling(numbers_[index], value.text);
  const auto meaning = numbers_[index].meaningOf(value.text);
  return meaning ? meaning : find(value);
}

}  // namespace canvass
