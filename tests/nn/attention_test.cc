// forestAttention beside the formula of its header, written out head by head in double precision.
#include "nn/attention.h"

#include <ATen/ATen.h>

#include <cmath>
#include <limits>

#include "nn/comparison.h"
#include "nn/forest_layout.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::Forest;

struct Shape {
  const char* name;
  std::int64_t heads, keyHeads, headSize;
  Forest forest;
  std::int64_t window;
  int padding;  // rows of the tensors beyond the forest's
  double cap = 0.0;
};

// 0 where the query's row may see the key's, -infinity elsewhere: [asking rows, rows].
at::Tensor maskOf(const Forest& forest, const std::vector<std::int32_t>& asking,
                  std::int64_t window) {
  const auto rows = static_cast<std::int64_t>(forest.parents.size());
  at::Tensor mask = at::full({static_cast<std::int64_t>(asking.size()), rows},
                             -std::numeric_limits<double>::infinity(), at::kDouble);
  auto cells = mask.accessor<double, 2>();
  for (std::size_t i = 0; i < asking.size(); ++i) {
    std::int64_t distance = 0;
    for (std::int32_t key = asking[i]; key >= 0 && (window == 0 || distance < window);
         key = forest.parents[static_cast<std::size_t>(key)], ++distance) {
      cells[static_cast<std::int64_t>(i)][key] = 0.0;
    }
  }
  return mask;
}

struct Inputs {
  at::Tensor queries, keys, values;

  Inputs with(at::Tensor (*change)(const at::Tensor&)) const {
    return {change(queries), change(keys), change(values)};
  }
};

double scaleFor(const Inputs& inputs) {
  return 1.0 / std::sqrt(static_cast<double>(inputs.queries.size(2)));
}

at::Tensor attentionFormula(const Inputs& inputs, const at::Tensor& mask, double cap = 0.0) {
  const auto group = inputs.queries.size(1) / inputs.keys.size(1);
  const double scale = scaleFor(inputs);
  const auto rows = mask.size(1);
  std::vector<at::Tensor> heads;
  for (std::int64_t head = 0; head < inputs.queries.size(1); ++head) {
    const at::Tensor q = inputs.queries.select(1, head).narrow(0, 0, mask.size(0));
    const at::Tensor k = inputs.keys.select(1, head / group).narrow(0, 0, rows);
    const at::Tensor v = inputs.values.select(1, head / group).narrow(0, 0, rows);
    at::Tensor scores = at::matmul(q, k.t()) * scale;
    if (cap > 0.0) scores = cap * (scores / cap).tanh();
    heads.push_back(at::matmul((scores + mask).softmax(-1), v));
  }
  return at::cat(heads, 1);
}

// One shape, asked in one of the two ways.
class ForestAttention : public ::testing::TestWithParam<std::tuple<Shape, Asking>> {
 protected:
  ForestAttention() {
    at::manual_seed(11);
    if (asking == Asking::answers) {
      askingRows = shape.forest.answers;
    } else {
      for (std::size_t row = 0; row < shape.forest.parents.size(); ++row) {
        askingRows.push_back(static_cast<std::int32_t>(row));
      }
    }
    asked = static_cast<std::int64_t>(askingRows.size());
    const auto rows = static_cast<std::int64_t>(shape.forest.parents.size()) + shape.padding;
    inputs = {at::randn({asked + shape.padding, shape.heads, shape.headSize}) * 2.0,
              at::randn({rows, shape.keyHeads, shape.headSize}) * 2.0,
              at::randn({rows, shape.keyHeads, shape.headSize})};
    mask = maskOf(shape.forest, askingRows, shape.window);
  }

  at::Tensor attend(const Inputs& given) const {
    return forestAttention(given.queries, given.keys, given.values,
                           test::layoutOf(shape.forest, shape.padding), asking,
                           {scaleFor(given), shape.window, shape.cap}, ExecutionContext());
  }
  at::Tensor formula(const Inputs& given) const { return attentionFormula(given, mask, shape.cap); }
  static at::Tensor widened(const at::Tensor& tensor) { return tensor.to(at::kDouble); }
  static at::Tensor halved(const at::Tensor& tensor) { return tensor.to(at::kBFloat16); }

  const Shape shape = std::get<0>(GetParam());
  const Asking asking = std::get<1>(GetParam());
  std::vector<std::int32_t> askingRows;
  std::int64_t asked = 0;
  Inputs inputs;
  at::Tensor mask;
};

// A stem of four rows with three branches, one of which branches again; answers at inner rows too,
// and one row answered twice.
const Forest tree = {{-1, 0, 1, 2, 3, 4, 3, 6, 7, 7, 9, 3}, {3, 5, 8, 8, 10, 11}};
// The tree, a single row, and a stem whose branches all begin at its root.
const Forest grove = {{-1, 0, 1, 2, 3, 4, 3, 6, 7, 7, 9, 3, -1, -1, 13, 13, 13, 16},
                      {5, 10, 12, 14, 17}};

INSTANTIATE_TEST_SUITE_P(
    Shapes, ForestAttention,
    ::testing::Combine(::testing::Values(Shape{"a_single_row", 4, 2, 8, test::chains({1}), 0, 0},
                                         Shape{"causal", 4, 4, 8, test::chains({17}), 0, 0},
                                         Shape{"grouped", 6, 2, 8, test::chains({13}), 0, 0},
                                         Shape{"one_group", 6, 1, 12, test::chains({9}), 0, 2},
                                         Shape{"chains", 4, 2, 8, test::chains({7, 1, 12}), 0, 5},
                                         Shape{"tree", 4, 2, 16, tree, 0, 0},
                                         Shape{"grove", 4, 2, 6, grove, 0, 3},
                                         Shape{"odd_head_size", 3, 3, 10, grove, 0, 0},
                                         Shape{"window_of_one", 4, 2, 8, grove, 1, 0},
                                         Shape{"window", 4, 2, 8, grove, 3, 4},
                                         Shape{"wide_window", 4, 2, 8, grove, 100, 0},
                                         Shape{"long", 4, 2, 64, test::chains({300, 70}), 0, 0},
                                         Shape{"long_window", 2, 1, 32, test::chains({260}), 50, 0},
                                         Shape{"capped", 4, 2, 16, grove, 0, 3, 2.0},
                                         Shape{"capped_window", 4, 2, 8, grove, 3, 0, 1.0}),
                       ::testing::Values(Asking::everyRow, Asking::answers)),
    [](const auto& test) {
      const bool all = std::get<1>(test.param) == Asking::everyRow;
      return std::string(std::get<0>(test.param).name) + (all ? "_every_row" : "_answers");
    });

TEST_P(ForestAttention, EqualsTheFormula) {
  const at::Tensor result = attend(inputs);
  EXPECT_EQ(result.scalar_type(), at::kFloat);
  EXPECT_EQ(result.size(0), asked + shape.padding);
  EXPECT_LT(test::distance(result.narrow(0, 0, asked), formula(inputs.with(widened))), 1e-5);
  EXPECT_TRUE(result.narrow(0, asked, shape.padding).eq(0.0).all().item<bool>());
}

TEST_P(ForestAttention, HasTheFormulasGradients) {
  const Inputs narrow = inputs.with(test::leaf);
  const Inputs wide = inputs.with(test::doubleLeaf);
  const at::Tensor result = attend(narrow);
  const at::Tensor direction = at::randn(result.sizes());
  (result * direction).sum().backward();
  const at::Tensor used = direction.narrow(0, 0, asked).to(at::kDouble);
  (formula(wide) * used).sum().backward();
  EXPECT_LT(test::distance(narrow.queries.grad(), wide.queries.grad()), 1e-4);
  EXPECT_LT(test::distance(narrow.keys.grad(), wide.keys.grad()), 1e-4);
  EXPECT_LT(test::distance(narrow.values.grad(), wide.values.grad()), 1e-4);
}

// 8 bits of mantissa in the products; the softmax between them is exact to fp32.
TEST_P(ForestAttention, InBfloat16IsCloseToTheFormula) {
  const Inputs narrow = inputs.with(halved);
  const at::Tensor expected = formula(narrow.with(widened));
  const at::Tensor result = attend(narrow);
  EXPECT_EQ(result.scalar_type(), at::kBFloat16);
  EXPECT_LT(test::distance(result.narrow(0, 0, asked), expected), 0.1);
  const at::Tensor gaps = result.narrow(0, 0, asked).to(at::kDouble) - expected;
  EXPECT_LT(gaps.abs().mean().item<double>(), 0.01);
}

// What a query may not see cannot move its answer, however large it is.
TEST_P(ForestAttention, WhatIsHiddenDoesNotCount) {
  const at::Tensor before = attend(inputs);
  const auto lastRow = static_cast<std::int64_t>(shape.forest.parents.size()) - 1;
  inputs.keys.slice(0, lastRow).mul_(1e6);
  inputs.values.slice(0, lastRow).mul_(1e6);
  const at::Tensor after = attend(inputs);
  for (std::int64_t i = 0; i < asked; ++i) {
    if (askingRows[static_cast<std::size_t>(i)] == lastRow) continue;
    EXPECT_LT(test::distance(after[i], before[i]), 1e-6) << i;
  }
}

TEST_P(ForestAttention, LargeScoresStayFinite) {
  inputs.queries.mul_(1e4);
  const at::Tensor result = attend(inputs);
  EXPECT_TRUE(result.isfinite().all().item<bool>());
  EXPECT_LE(result.abs().max().item<float>(), inputs.values.abs().max().item<float>() * 1.0001F);
}

// Queries, keys and values that lie in one wider matrix.
TEST(ForestAttentionViews, GiveWhatCopiesGive) {
  const at::Tensor whole = at::randn({12, 8 * 6});
  const Inputs views{whole.narrow(1, 0, 24).view({12, 4, 6}),
                     whole.narrow(1, 24, 12).view({12, 2, 6}),
                     whole.narrow(1, 36, 12).view({12, 2, 6})};
  const auto result = forestAttention(views.queries, views.keys, views.values, test::layoutOf(tree),
                                      Asking::everyRow, {scaleFor(views), 0}, ExecutionContext());
  const at::Tensor mask = maskOf(tree, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 0);
  const Inputs copies{views.queries.to(at::kDouble), views.keys.to(at::kDouble),
                      views.values.to(at::kDouble)};
  EXPECT_LT(test::distance(result, attentionFormula(copies, mask)), 1e-5);
}

}  // namespace
}  // namespace canvass
