#include "report/terminal/plain_table.h"

#include <algorithm>

#include "base/utf8.h"

namespace canvass {

std::string plainTable(const std::vector<std::vector<std::string>>& rows,
                       const TerminalStyle& style) {
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const auto& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      widths[c] = std::max(widths[c], displayWidth(row[c]));
    }
  }
  std::string text;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::string line = padRight(rows[r][0], widths[0]);
    for (std::size_t c = 1; c < widths.size(); ++c) {
      const bool last = c + 1 == widths.size();
      line += "  " + (last ? rows[r][c] : padLeft(rows[r][c], widths[c]));
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += (r == 0 ? inked(line, Ink::faint, style) : line) + "\n";
  }
  return text;
}

}  // namespace canvass
