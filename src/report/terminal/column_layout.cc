#include "report/terminal/column_layout.h"

#include <algorithm>
#include <numeric>

#include "base/utf8.h"

namespace canvass {
namespace {

constexpr std::size_t narrowestColumn = 8;  // a gap, "0.123" and a mark
constexpr std::size_t longestPart = 16;     // a longer one is cut

// "best-", "linear": parts that stay on one line.
std::vector<std::string> partsOf(const std::string& title) {
  std::vector<std::string> parts{""};
  for (const char c : onOneLine(title)) {
    parts.back() += c;
    if (c == ' ' || c == '-' || c == '_' || c == '/') parts.emplace_back();
  }
  return parts;
}

std::string trimmed(std::string text) {
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

std::size_t widthOf(const std::string& text) { return displayWidth(trimmed(text)); }

std::vector<std::string> titleLines(const std::string& title, std::size_t width) {
  std::vector<std::string> lines{""};
  for (const std::string& part : partsOf(title)) {
    if (!lines.back().empty() && widthOf(lines.back() + part) > width) lines.emplace_back();
    const std::vector<std::string> cut = wrapped(lines.back() + part, width);
    if (cut.size() == 1) {
      lines.back() += part;
      continue;
    }
    lines.back() = cut.front();
    lines.insert(lines.end(), cut.begin() + 1, cut.end());
  }
  for (std::string& line : lines) line = trimmed(line);
  return lines;
}

std::size_t widestOf(const std::vector<std::string>& lines) {
  std::size_t width = 0;
  for (const std::string& line : lines) width = std::max(width, widthOf(line));
  return width;
}

std::size_t narrowest(const std::string& title) {
  const std::size_t longest = std::min(widestOf(partsOf(title)), longestPart);
  return std::max(longest + 1, narrowestColumn);
}

std::size_t widest(const std::string& title, std::size_t room) {
  return std::clamp(widthOf(onOneLine(title)) + 3, narrowestColumn + 1,
                    std::max(room, narrowestColumn + 1));
}

// As wide as the titles; the widest columns shrink while that is too much.
void widen(ColumnBlock& block, std::span<const std::string> titles, std::size_t room) {
  const std::vector<std::size_t> least = block.widths;
  for (std::size_t c = 0; c < least.size(); ++c) {
    block.widths[c] = widest(titles[block.first + c], room);
  }
  while (block.width() > room) {
    std::size_t giving = least.size();
    for (std::size_t c = 0; c < least.size(); ++c) {
      const bool canGive = block.widths[c] > least[c];
      if (canGive && (giving == least.size() || block.widths[c] > block.widths[giving])) giving = c;
    }
    if (giving == least.size()) return;
    --block.widths[giving];
  }
}

// The column of the marks is left blank if there is room.
std::string placed(const std::string& line, std::size_t widestLine, std::size_t width) {
  return padLeft(widestLine + 2 <= width ? line + " " : line, width);
}

}  // namespace

std::size_t ColumnBlock::width() const {
  return std::accumulate(widths.begin(), widths.end(), std::size_t{0});
}

std::vector<ColumnBlock> columnBlocks(std::span<const std::string> titles, std::size_t room) {
  std::vector<ColumnBlock> blocks;
  for (std::size_t c = 0; c < titles.size(); ++c) {
    const std::size_t width = narrowest(titles[c]);
    if (blocks.empty() || blocks.back().width() + width > room) blocks.push_back({c, {}});
    blocks.back().widths.push_back(width);
  }
  for (ColumnBlock& block : blocks) widen(block, titles, room);
  return blocks;
}

std::string headerOf(const ColumnBlock& block, std::span<const std::string> titles,
                     const TableHeader& around, const TerminalStyle& style) {
  std::vector<std::vector<std::string>> lines;
  std::vector<std::size_t> widest;
  std::size_t height = 1;
  for (std::size_t c = 0; c < block.widths.size(); ++c) {
    lines.push_back(titleLines(titles[block.first + c], block.widths[c] - 1));
    widest.push_back(widestOf(lines.back()));
    height = std::max(height, lines.back().size());
  }
  std::string result;
  for (std::size_t row = 0; row < height; ++row) {
    const bool isLast = row + 1 == height;
    std::string text = padRight(isLast ? around.label : "", around.labelWidth);
    for (std::size_t c = 0; c < lines.size(); ++c) {
      const std::size_t blank = height - lines[c].size();
      text += placed(row < blank ? "" : lines[c][row - blank], widest[c], block.widths[c]);
    }
    if (isLast) text += padLeft(around.closing, around.closingWidth);
    result += inked(trimmed(text), Ink::strong, style) + "\n";
  }
  return result;
}

std::size_t itemsColumnWidth(std::size_t maxItems) {
  return std::max<std::size_t>(6, grouped(maxItems).size() + 1);
}

}  // namespace canvass
