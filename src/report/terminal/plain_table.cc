#include "report/terminal/plain_table.h"

#include <algorithm>
#include <numeric>

#include "base/utf8.h"

namespace canvass {
namespace {

using Cells = std::vector<std::string>;

constexpr std::size_t columnSpace = 2;
constexpr std::size_t narrowestName = 12;

// The titles as rows of their own: those of one line stand in the last.
std::vector<Cells> titleRows(const Cells& titles) {
  Cells above(titles.size());
  Cells below = titles;
  for (std::size_t c = 0; c < titles.size(); ++c) {
    const std::size_t end = titles[c].find('\n');
    if (end == std::string::npos) continue;
    above[c] = titles[c].substr(0, end);
    below[c] = titles[c].substr(end + 1);
  }
  const bool isOneLine = std::ranges::all_of(above, [](const auto& cell) { return cell.empty(); });
  if (isOneLine) return {below};
  return {above, below};
}

std::vector<std::size_t> widthsOf(const std::vector<Cells>& rows, std::size_t room) {
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const Cells& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      widths[c] = std::max(widths[c], displayWidth(row[c]));
    }
  }
  const std::size_t all =
      std::accumulate(widths.begin(), widths.end(), columnSpace * (widths.size() - 1));
  if (all <= room) return widths;
  const std::size_t others = all - widths[0];
  const std::size_t left = room > others ? room - others : 0;
  widths[0] = std::min(widths[0], std::max(left, narrowestName));
  return widths;
}

std::string lineOf(const Cells& row, const std::vector<std::size_t>& widths,
                   const TerminalStyle& style) {
  std::string line = padRight(shortened(row[0], widths[0], style), widths[0]);
  for (std::size_t c = 1; c < widths.size(); ++c) {
    const bool isLast = c + 1 == widths.size();
    line += std::string(columnSpace, ' ') + (isLast ? row[c] : padLeft(row[c], widths[c]));
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

std::string plainTable(const std::vector<Cells>& given, const TerminalStyle& style) {
  std::vector<Cells> rows = titleRows(given.front());
  const std::size_t titles = rows.size();
  rows.insert(rows.end(), given.begin() + 1, given.end());
  const std::vector<std::size_t> widths = widthsOf(rows, usableWidth(style));
  std::string text;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const std::string line = lineOf(rows[r], widths, style);
    text += (r < titles ? inked(line, Ink::faint, style) : line) + "\n";
  }
  return text;
}

}  // namespace canvass
