#include "survey/dates.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

#include "base/error.h"

namespace canvass {
namespace {

int numberIn(std::string_view digits) {
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

bool isDate(std::string_view date) {
  constexpr std::string_view pattern = "0000-00-00";
  if (date.size() != 4 && date.size() != 7 && date.size() != 10) return false;
  for (std::size_t i = 0; i < date.size(); ++i) {
    const bool isDigit = date[i] >= '0' && date[i] <= '9';
    if (isDigit != (pattern[i] == '0') || (!isDigit && date[i] != '-')) return false;
  }
  const auto year = std::chrono::year(numberIn(date.substr(0, 4)));
  const int month = date.size() > 4 ? numberIn(date.substr(5, 2)) : 1;
  const int day = date.size() > 7 ? numberIn(date.substr(8, 2)) : 1;
  return (year / month / day).ok();
}

}  // namespace

void checkDate(std::string_view date, const std::string& where) {
  if (date.empty() || isDate(date)) return;
  throw Error(fmt::format("\"{}\" is not a date", date), where,
              "write a year, a month or a day: 2020, 2020-05 or 2020-05-17");
}

DateOrder orderOf(std::string_view date, std::string_view limit) {
  const std::size_t known = std::min(date.size(), limit.size());
  if (known == 0) return DateOrder::unclear;
  const int order = date.substr(0, known).compare(limit.substr(0, known));
  if (order != 0) return order < 0 ? DateOrder::before : DateOrder::after;
  return date.size() < limit.size() ? DateOrder::unclear : DateOrder::before;
}

}  // namespace canvass
