#include "asking/percentages.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <optional>

#include "text/lines.h"

namespace canvass {
namespace {

constexpr std::string_view spaceInLine = " \t\r";
constexpr std::string_view before = " \t\r-*+([\"'#>";  // what may come before a label
constexpr std::string_view after = " \t\r).:]\"'*=-";   // and what may end it
constexpr double tolerancePerOption = 0.5;

// What follows the label at the beginning of a line; nothing if the line begins otherwise.
std::optional<std::string_view> restAfter(std::string_view line, const std::string& label) {
  const std::size_t begin = line.find_first_not_of(before);
  if (begin == std::string_view::npos) return std::nullopt;
  line.remove_prefix(begin);
  if (!line.starts_with(label)) return std::nullopt;
  line.remove_prefix(label.size());
  if (line.empty() || after.find(line.front()) == std::string_view::npos) return std::nullopt;
  return line;
}

bool isOfNumber(char c) { return (c >= '0' && c <= '9') || c == '.'; }

// The number that a line ends in, with its sign.
std::optional<double> numberAtEnd(std::string_view line) {
  line = trimmed(line, spaceInLine);
  while (!line.empty() && std::string_view("*.,;").find(line.back()) != std::string_view::npos) {
    line.remove_suffix(1);
  }
  if (line.ends_with('%')) line.remove_suffix(1);
  line = trimmed(line, spaceInLine);
  std::size_t begin = line.size();
  while (begin > 0 && isOfNumber(line[begin - 1])) --begin;
  double number = 0.0;
  const char* end = line.data() + line.size();
  const auto [read, error] = std::from_chars(line.data() + begin, end, number);
  if (error != std::errc() || read != end) return std::nullopt;
  // "A: -5" is a negative number, "A-5" and "A - 5" are not.
  const bool negative = begin > 1 && line[begin - 1] == '-' && line[begin - 2] == ' ';
  return negative ? -number : number;
}

struct Percentages {
  std::vector<std::optional<double>> byLabel;
  std::string fault;
};

Percentages findPercentages(std::string_view text, const std::vector<std::string>& labels) {
  Percentages found{std::vector<std::optional<double>>(labels.size()), {}};
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    for (std::size_t k = 0; k < labels.size(); ++k) {
      const auto rest = restAfter(line, labels[k]);
      const auto number = rest ? numberAtEnd(*rest) : std::nullopt;
      if (!number) continue;
      if (found.byLabel[k]) found.fault = fmt::format("two percentages for {}", labels[k]);
      found.byLabel[k] = number;
    }
  }
  return found;
}

}  // namespace

WrittenDistribution readPercentages(std::string_view text, const std::vector<std::string>& labels) {
  const Percentages found = findPercentages(text, labels);
  if (!found.fault.empty()) return {{}, found.fault};
  Distribution shares;
  for (std::size_t k = 0; k < labels.size(); ++k) {
    if (!found.byLabel[k]) return {{}, fmt::format("no percentage for {}", labels[k])};
    const double percentage = *found.byLabel[k];
    if (!(percentage >= 0.0 && percentage <= 100.0)) {
      return {{}, fmt::format("{}% for {}", percentage, labels[k])};
    }
    shares.push_back(percentage);
  }
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  if (std::abs(sum - 100.0) > tolerancePerOption * static_cast<double>(labels.size()) + 1e-9) {
    return {{}, fmt::format("the percentages sum to {:g}", sum)};
  }
  for (double& share : shares) share /= sum;
  return {shares, {}};
}

}  // namespace canvass
