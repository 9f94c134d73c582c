#include "microdata/variable.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "text/lines.h"

namespace canvass {

namespace {

constexpr std::size_t maxExactDigits = 15;  // that a double keeps apart

bool isOrdinarySpelling(std::string_view number) {
  if (number.starts_with('-') || number.starts_with('+')) number.remove_prefix(1);
  if (number.size() == 1) return true;
  const std::size_t point = std::min(number.find('.'), number.size());
  const std::string_view whole = number.substr(0, point);
  const std::string_view fraction = number.substr(std::min(point + 1, number.size()));
  const bool isPadded = whole.size() > 1 && whole.starts_with('0');
  const bool isWhole = fraction.find_first_not_of('0') == std::string_view::npos;
  return !isPadded && number.find_first_not_of("0123456789.") == std::string_view::npos &&
         (isWhole || !fraction.ends_with('0')) &&
         whole.size() + (isWhole ? 0 : fraction.size()) <= maxExactDigits;
}

bool isSameNumber(const Value& a, const Value& b) {
  return a.kind == Value::Kind::number && b.kind == Value::Kind::number && a.number == b.number;
}

}  // namespace

Value valueOf(std::string_view text) {
  text = trimmed(text, " \t");
  if (text.empty()) return {};
  // from_chars does not accept a plus sign.
  const std::string_view digits = text.front() == '+' ? text.substr(1) : text;
  double number = 0.0;
  const char* end = digits.data() + digits.size();
  const auto [read, error] = std::from_chars(digits.data(), end, number);
  const bool isNumber = error == std::errc() && read == end && std::isfinite(number) &&
                        !(digits.size() < text.size() && digits.starts_with('-'));
  if (!isNumber) return {Value::Kind::text, 0.0, text};
  return {Value::Kind::number, number, isOrdinarySpelling(text) ? std::string_view() : text};
}

Value valueOf(double number) {
  if (std::isnan(number)) return {};
  if (std::isinf(number)) return {Value::Kind::text, 0.0, number > 0.0 ? "inf" : "-inf"};
  return {Value::Kind::number, number, {}};
}

std::string numberText(double number) {
  // Without the sign of a negative zero, and whole numbers without an exponent.
  if (number == 0.0) return "0";
  if (number == std::floor(number) && std::abs(number) < 1e15) return fmt::format("{:.0f}", number);
  return fmt::format("{}", number);
}

std::string codeText(const Value& value) {
  const bool isOrdinary = value.kind == Value::Kind::number && value.text.empty();
  return isOrdinary ? numberText(value.number) : std::string(value.text);
}

bool Variable::isUserMissing(const Value& value) const {
  if (value.kind == Value::Kind::missing) return false;
  if (std::ranges::find(missingTexts, codeText(value)) != missingTexts.end()) return true;
  return value.kind == Value::Kind::number &&
         std::any_of(missingRanges.begin(), missingRanges.end(), [&value](const NumberRange& one) {
           return one.low <= value.number && value.number <= one.high;
         });
}

std::string Variable::labelOf(std::string_view code) const {
  const auto is = [](const auto& test) {
    return [&test](const ValueLabel& one) { return test(one.code); };
  };
  const auto isSpelled = [code](const std::string& one) { return one == code; };
  const auto found = std::ranges::find_if(valueLabels, is(isSpelled));
  if (found != valueLabels.end()) return found->label;
  const Value value = valueOf(code);
  const auto isSame = [&](const std::string& one) { return isSameNumber(valueOf(one), value); };
  const auto same = std::ranges::find_if(valueLabels, is(isSame));
  return std::ranges::count_if(valueLabels, is(isSame)) == 1 ? same->label : std::string();
}

}  // namespace canvass
