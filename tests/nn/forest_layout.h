#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "nn/attention_layout.h"

namespace canvass::test {

// A forest by the parent of each row (-1 at a root), in depth-first order, and the rows that the
// last layer asks for, ascending.
struct Forest {
  std::vector<std::int32_t> parents;
  std::vector<std::int32_t> answers;

  std::int32_t positionOf(std::int32_t row) const {
    return row < 0 ? -1 : 1 + positionOf(parents[static_cast<std::size_t>(row)]);
  }
};

// Roots' chains one after the other, each answered at its end.
inline Forest chains(const std::vector<std::int32_t>& lengths) {
  Forest forest;
  for (const std::int32_t length : lengths) {
    const auto first = static_cast<std::int32_t>(forest.parents.size());
    for (std::int32_t i = 0; i < length; ++i) forest.parents.push_back(i == 0 ? -1 : first + i - 1);
    forest.answers.push_back(first + length - 1);
  }
  return forest;
}

// The layout of a forest whose tensors have `padding` more rows than it has.
inline std::shared_ptr<const AttentionLayout> layoutOf(const Forest& forest, int padding = 0) {
  auto layout = std::make_shared<AttentionLayout>();
  std::size_t answered = 0;
  const auto rows = static_cast<std::int32_t>(forest.parents.size());
  for (std::int32_t row = 0; row < rows; ++row) {
    const std::int32_t parent = forest.parents[static_cast<std::size_t>(row)];
    const std::int32_t position = forest.positionOf(row);
    if (parent < 0) layout->treeStart.push_back(layout->branches.size());
    if (parent < 0 || parent != row - 1) {
      AttentionBranch branch;
      branch.depth = position;
      branch.keyRows.resize(static_cast<std::size_t>(position));
      for (std::int32_t above = parent; above >= 0;
           above = forest.parents[static_cast<std::size_t>(above)]) {
        branch.keyRows[static_cast<std::size_t>(forest.positionOf(above))] = above;
      }
      layout->branches.push_back(branch);
      layout->everyRow.branchStart.push_back(layout->everyRow.rows.size());
      layout->answers.branchStart.push_back(answered);
    }
    layout->branches.back().keyRows.push_back(row);
    layout->everyRow.rows.push_back(row);
    layout->everyRow.positions.push_back(position);
    for (; answered < forest.answers.size() && forest.answers[answered] == row; ++answered) {
      layout->answers.rows.push_back(static_cast<std::int32_t>(answered));
      layout->answers.positions.push_back(position);
    }
    layout->longestPath = std::max<std::int64_t>(layout->longestPath, position + 1);
  }
  layout->treeStart.push_back(layout->branches.size());
  layout->everyRow.branchStart.push_back(layout->everyRow.rows.size());
  layout->answers.branchStart.push_back(answered);
  layout->everyRow.rowCount = rows + padding;
  layout->answers.rowCount = static_cast<std::int64_t>(forest.answers.size()) + padding;
  return layout;
}

}  // namespace canvass::test
