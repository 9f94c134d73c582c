#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "report/terminal/terminal_text.h"

namespace canvass {

// Figures in columns below titles of any length, in a table of a limited width. A figure ends one
// place before its column, which belongs to a mark ("0.871*").

// Columns that stand beside each other; those that do not fit are further blocks below.
struct ColumnBlock {
  std::size_t first = 0;            // of all columns
  std::vector<std::size_t> widths;  // at least one, each with the gap before it

  std::size_t width() const;
};

// As few blocks as `room` allows, each column as wide as its title or, where that is too much, as
// the longest part of it: titles break at spaces and behind hyphens. A column is in a block by
// itself, wider than the room, rather than nowhere.
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

// Of the column with the items that a row's figures are over, before which a mark may stand.
std::size_t itemsColumnWidth(std::size_t mostItems);

}  // namespace canvass
