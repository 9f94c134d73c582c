#include "microdata/variable.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace canvass {

Value valueOf(std::string_view text) {
  if (text.empty()) return {};
  // from_chars does not accept a plus sign.
  const std::string_view digits = text.front() == '+' ? text.substr(1) : text;
  double number = 0.0;
  const char* end = digits.data() + digits.size();
  const auto [read, error] = std::from_chars(digits.data(), end, number);
  const bool isNumber = error == std::errc() && read == end && std::isfinite(number) &&
                        !(digits.size() < text.size() && digits.starts_with('-'));
  if (!isNumber) return {Value::Kind::text, 0.0, text};
  return {Value::Kind::number, number, {}};
}

std::string numberText(double number) {
  // Without the sign of a negative zero, and whole numbers without an exponent.
  if (number == 0.0) return "0";
  if (number == std::floor(number) && std::abs(number) < 1e15) return fmt::format("{:.0f}", number);
  return fmt::format("{}", number);
}

std::string codeText(const Value& value) {
  return value.kind == Value::Kind::number ? numberText(value.number) : std::string(value.text);
}

bool Variable::isUserMissing(const Value& value) const {
  if (value.kind == Value::Kind::text) {
    return std::find(missingTexts.begin(), missingTexts.end(), value.text) != missingTexts.end();
  }
  return value.kind == Value::Kind::number &&
         std::any_of(missingRanges.begin(), missingRanges.end(), [&value](const NumberRange& one) {
           return one.low <= value.number && value.number <= one.high;
         });
}

std::string Variable::labelOf(std::string_view code) const {
  const auto found = std::find_if(valueLabels.begin(), valueLabels.end(),
                                  [code](const ValueLabel& one) { return one.code == code; });
  return found == valueLabels.end() ? std::string() : found->label;
}

}  // namespace canvass
