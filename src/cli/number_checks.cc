#include "cli/number_checks.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include "base/list_text.h"

namespace canvass {
namespace {

// All of the text, or nothing.
template <typename Number>
std::optional<Number> parsed(std::string_view text) {
  Number value{};
  const char* end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || read != end) return std::nullopt;
  return value;
}

template <typename IsValid>
CLI::Validator check(const std::string& meant, const std::string& range, IsValid isValid) {
  return CLI::Validator(
      [meant, isValid](std::string& text) {
        return isValid(text) ? std::string() : fmt::format("\"{}\" is not {}", text, meant);
      },
      range);
}

std::string rangeName(const std::string& low, const std::string& high) {
  return fmt::format("NUMBER in [{} - {}]", low, high);
}

}  // namespace

CLI::Validator wholeNumber(std::int64_t low, std::int64_t high) {
  const std::string first = grouped(static_cast<std::size_t>(low));
  const std::string last = grouped(static_cast<std::size_t>(high));
  return check(fmt::format("a whole number from {} to {}", first, last),
               high == anyCount ? (low == 0 ? "" : "POSITIVE")
                                : rangeName(std::to_string(low), std::to_string(high)),
               [low, high](const std::string& text) {
                 const auto value = parsed<std::int64_t>(text);
                 return value && *value >= low && *value <= high;
               });
}

CLI::Validator number(double low, double high) {
  const std::string first = fmt::format("{:g}", low);
  const std::string last = fmt::format("{:g}", high);
  return check(fmt::format("a number from {} to {}", first, last), rangeName(first, last),
               [low, high](const std::string& text) {
                 const auto value = parsed<double>(text);
                 return value && *value >= low && *value <= high;
               });
}

CLI::Validator seedNumber() {
  return check("a whole number from 0 to 18446744073709551615", "",
               [](const std::string& text) { return parsed<std::uint64_t>(text).has_value(); });
}

}  // namespace canvass
