#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "report/terminal/terminal_text.h"

namespace canvass {

// Figures in columns below titles of any length, in a table of limited width. A figure ends one
// character before the end of its column, which is for a mark ("0.871*").

// Columns next to each other; those that do not fit form further blocks below.
struct ColumnBlock {
  std::size_t first = 0;            // of all columns
  std::vector<std::size_t> widths;  // at least one, each with the gap before it

  std::size_t width() const;
};

// As few blocks as `room` allows, each column as wide as its title or, if that is too much, as the
// longest part of it: titles break at spaces and after hyphens. A column that is wider than the
// room gets a block of its own.
std::vector<ColumnBlock> columnBlocks(std::span<const std::string> titles, std::size_t room);

// The block's titles over as many lines as they need, the last of them after `label` padded to
// `labelWidth` and before `closing` padded to `closingWidth`.
struct TableHeader {
  std::string label;
  std::size_t labelWidth = 0;
  std::string closing;
  std::size_t closingWidth = 0;
};
std::string headerOf(const ColumnBlock& block, std::span<const std::string> titles,
                     const TableHeader& around, const TerminalStyle& style);

// The width of the column with the number of items of a row's figures; a mark may precede it.
std::size_t itemsColumnWidth(std::size_t maxItems);

}  // namespace canvass
