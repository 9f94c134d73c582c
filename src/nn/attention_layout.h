#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace canvass {

// Who attends to whom in a forest of tokens: each row to itself and its ancestors.

// A run of rows of which each is the child of the one before.
struct AttentionBranch {
  std::vector<std::int32_t> keyRows;  // the row of each position on the path, root first
  std::int64_t depth = 0;             // the position of the run's first row
};

// Rows that ask, branch by branch, ascending within each. `rows` are rows of the tensor of queries,
// which may hold fewer than the tensors of keys and values.
struct AttentionQueries {
  std::vector<std::int32_t> rows;
  std::vector<std::int32_t> positions;
  std::vector<std::size_t> branchStart;  // branch b asks branchStart[b] .. branchStart[b + 1]
  std::int64_t rowCount = 0;             // of the tensor of queries; rows that do not ask get 0
};

struct AttentionLayout {
  std::vector<AttentionBranch> branches;
  std::vector<std::size_t> treeStart;  // tree t has the branches treeStart[t] .. treeStart[t + 1]
  std::int64_t longestPath = 0;
  AttentionQueries everyRow;
  AttentionQueries answers;  // the queries of the last layer
};

}  // namespace canvass
