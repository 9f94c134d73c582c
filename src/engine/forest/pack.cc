#include "engine/forest/pack.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace canvass {
namespace {

// Matrix products are prepared for each number of rows: rounding up keeps the numbers few.
constexpr std::size_t rowStep = 32;
constexpr std::size_t answerStep = 16;

std::size_t roundedUp(std::size_t count, std::size_t step) {
  return (count + step - 1) / step * step;
}

// As int64, with zeros up to `size`.
template <typename T>
at::Tensor integers(const std::vector<T>& values, std::size_t size) {
  std::vector<std::int64_t> wide(values.begin(), values.end());
  wide.resize(size, 0);
  return at::tensor(wide, at::kLong);
}

// Cuts a forest into branches and finds the path to each.
class LayoutBuilder {
 public:
  explicit LayoutBuilder(const Forest& forest) : forest_(forest), branchOf_(forest.tokens.size()) {}

  AttentionLayout build() {
    for (std::size_t row = 0; row < forest_.tokens.size(); ++row) addRow(row);
    layout_.treeStart.push_back(layout_.branches.size());
    layout_.everyRow.branchStart.push_back(forest_.tokens.size());
    addAnswers();
    layout_.everyRow.rowCount =
        static_cast<std::int64_t>(roundedUp(forest_.tokens.size(), rowStep));
    layout_.answers.rowCount =
        static_cast<std::int64_t>(roundedUp(forest_.answerRows.size(), answerStep));
    return std::move(layout_);
  }

 private:
  void addRow(std::size_t row) {
    const std::int32_t parent = forest_.parents[row];
    const bool continues = parent >= 0 && static_cast<std::size_t>(parent) + 1 == row;
    if (!continues) openBranch(row, parent);
    branchOf_[row] = layout_.branches.size() - 1;
    auto& path = layout_.branches.back().keyRows;
    path.push_back(static_cast<std::int32_t>(row));
    layout_.longestPath = std::max(layout_.longestPath, static_cast<std::int64_t>(path.size()));
    layout_.everyRow.rows.push_back(static_cast<std::int32_t>(row));
    layout_.everyRow.positions.push_back(forest_.positions[row]);
  }

  void openBranch(std::size_t row, std::int32_t parent) {
    if (parent < 0) layout_.treeStart.push_back(layout_.branches.size());
    AttentionBranch branch;
    branch.depth = forest_.positions[row];
    if (parent >= 0) {
      const auto& path = layout_.branches[branchOf_[static_cast<std::size_t>(parent)]].keyRows;
      branch.keyRows.assign(path.begin(), path.begin() + branch.depth);
    }
    layout_.branches.push_back(std::move(branch));
    layout_.everyRow.branchStart.push_back(row);
  }

  void addAnswers() {
    AttentionQueries& answers = layout_.answers;
    for (std::size_t branch = 0; branch < layout_.branches.size(); ++branch) {
      answers.branchStart.push_back(answers.rows.size());
      const std::size_t end = layout_.everyRow.branchStart[branch + 1];
      while (answers.rows.size() < forest_.answerRows.size()) {
        const auto row = static_cast<std::size_t>(forest_.answerRows[answers.rows.size()]);
        if (row >= end) break;
        answers.rows.push_back(static_cast<std::int32_t>(answers.rows.size()));
        answers.positions.push_back(forest_.positions[row]);
      }
    }
    answers.branchStart.push_back(answers.rows.size());
  }

  const Forest& forest_;
  std::vector<std::size_t> branchOf_;
  AttentionLayout layout_;
};

}  // namespace

PackedTokens pack(const Forest& forest) {
  const std::size_t rows = roundedUp(forest.tokens.size(), rowStep);
  PackedTokens packed;
  packed.tokens = integers(forest.tokens, rows);
  packed.positions = integers(forest.positions, rows);
  packed.layout = std::make_shared<const AttentionLayout>(LayoutBuilder(forest).build());
  packed.answerRows = integers(forest.answerRows, roundedUp(forest.answerRows.size(), answerStep));
  packed.answerCount = static_cast<std::int64_t>(forest.answerRows.size());
  return packed;
}

PackedTokens packNext(const std::vector<NextToken>& next) {
  AttentionLayout layout;
  std::vector<TokenId> tokens;
  for (const NextToken& one : next) {
    const auto row = static_cast<std::int32_t>(tokens.size());
    const auto length = static_cast<std::int64_t>(one.path->size());
    layout.treeStart.push_back(layout.branches.size());
    layout.everyRow.branchStart.push_back(layout.branches.size());
    layout.branches.push_back({*one.path, length - 1});
    layout.everyRow.rows.push_back(row);
    layout.everyRow.positions.push_back(static_cast<std::int32_t>(length - 1));
    layout.longestPath = std::max(layout.longestPath, length);
    tokens.push_back(one.token);
  }
  layout.treeStart.push_back(layout.branches.size());
  layout.everyRow.branchStart.push_back(layout.branches.size());
  layout.answers = layout.everyRow;
  const std::size_t rows = roundedUp(tokens.size(), rowStep);
  const std::size_t answers = roundedUp(tokens.size(), answerStep);
  layout.everyRow.rowCount = static_cast<std::int64_t>(rows);
  layout.answers.rowCount = static_cast<std::int64_t>(answers);
  PackedTokens packed;
  packed.tokens = integers(tokens, rows);
  packed.positions = integers(layout.everyRow.positions, rows);
  packed.answerRows = integers(layout.everyRow.rows, answers);
  packed.answerCount = static_cast<std::int64_t>(tokens.size());
  packed.layout = std::make_shared<const AttentionLayout>(std::move(layout));
  return packed;
}

}  // namespace canvass
