// Attention over a branch against the formula in double precision, and its gradient against
// differences of that formula.
#include <algorithm>
#include <cmath>

#include "kernels/variants.h"

namespace canvass {
namespace {

using kernels::Kernels;
using test::randomNumbers;

struct Shape {
  std::int64_t heads, keyHeads, headSize, depth, rows, window;
  float cap = 0.0F;
};

// One branch of `rows` rows below a path of `depth` rows, laid in a tensor with rows between.
struct Problem {
  explicit Problem(const Shape& form) : shape(form) {
    const std::int64_t path = shape.depth + shape.rows;
    for (std::int64_t p = 0; p < path; ++p) {
      keyRows.push_back(static_cast<std::int32_t>(p < shape.depth ? p : p + 3));
    }
    for (std::int64_t i = 0; i < shape.rows; ++i) {
      queryRows.push_back(keyRows[static_cast<std::size_t>(shape.depth + i)]);
      queryPositions.push_back(static_cast<std::int32_t>(shape.depth + i));
    }
    const std::int64_t tensorRows = path + 3;
    query = randomNumbers(tensorRows * shape.heads * shape.headSize, 1);
    key = randomNumbers(tensorRows * shape.keyHeads * shape.headSize, 2);
    value = randomNumbers(tensorRows * shape.keyHeads * shape.headSize, 3);
    above = randomNumbers(tensorRows * shape.heads * shape.headSize, 4);
  }

  kernels::AttentionBranch branch() const {
    return {keyRows.data(), queryRows.data(), queryPositions.data(), shape.rows};
  }
  kernels::AttentionTensors<float> tensors(std::int64_t head) const {
    return {query.data(), key.data(),     value.data(),
            shape.heads,  shape.keyHeads, shape.headSize,
            head,         shape.window,   1.0F / std::sqrt(static_cast<float>(shape.headSize)),
            shape.cap};
  }
  std::vector<float> scratch() const {
    return std::vector<float>(
        kernels::attentionScratch(static_cast<std::int64_t>(keyRows.size()), shape.headSize));
  }

  // The output of query i and head h, in double precision.
  std::vector<double> direct(std::int64_t i, std::int64_t h) const {
    const std::int64_t size = shape.headSize;
    const std::int64_t last = shape.depth + i;
    const std::int64_t first =
        shape.window > 0 ? std::max<std::int64_t>(0, last - shape.window + 1) : 0;
    const std::int64_t keyHead = h / (shape.heads / shape.keyHeads);
    const float* q = query.data() + (queryRows[i] * shape.heads + h) * size;
    std::vector<double> weights, out(size, 0.0);
    double total = 0.0;
    for (std::int64_t p = first; p <= last; ++p) {
      const float* k = key.data() + (keyRows[p] * shape.keyHeads + keyHead) * size;
      double score = 0.0;
      for (std::int64_t d = 0; d < size; ++d) score += double(q[d]) * k[d];
      score /= std::sqrt(double(size));
      if (shape.cap > 0.0F) score = shape.cap * std::tanh(score / shape.cap);
      weights.push_back(std::exp(score));
      total += weights.back();
    }
    for (std::int64_t p = first; p <= last; ++p) {
      const float* v = value.data() + (keyRows[p] * shape.keyHeads + keyHead) * size;
      for (std::int64_t d = 0; d < size; ++d) out[d] += weights[p - first] / total * v[d];
    }
    return out;
  }

  // The sum over outputs of what is above them times them: its differences are the gradients.
  double objective() const {
    double sum = 0.0;
    for (std::int64_t i = 0; i < shape.rows; ++i) {
      for (std::int64_t h = 0; h < shape.heads; ++h) {
        const auto out = direct(i, h);
        const float* weight = above.data() + (queryRows[i] * shape.heads + h) * shape.headSize;
        for (std::int64_t d = 0; d < shape.headSize; ++d) sum += weight[d] * out[d];
      }
    }
    return sum;
  }

  double difference(std::vector<float>& tensor, std::size_t at) {
    const float kept = tensor[at];
    tensor[at] = kept + 0.01F;
    const double more = objective();
    tensor[at] = kept - 0.01F;
    const double less = objective();
    tensor[at] = kept;
    return (more - less) / 0.02;
  }

  Shape shape;
  std::vector<std::int32_t> keyRows, queryRows, queryPositions;
  std::vector<float> query, key, value, above;
};

class AttentionKernels : public ::testing::TestWithParam<const Kernels*> {
 protected:
  const Kernels& kernels = *GetParam();
};

INSTANTIATE_TEST_SUITE_P(Variants, AttentionKernels, test::allVariants(), test::variantName);

constexpr Shape shapes[] = {
    {2, 2, 8, 0, 1, 0},
    {4, 2, 16, 5, 9, 0},
    {7, 1, 64, 30, 3, 0},
    {3, 1, 12, 0, 40, 0},
    {14, 2, 64, 17, 5, 0},
    {4, 2, 16, 20, 20, 6},
    {2, 1, 96, 9, 4, 0},
    {2, 2, 128, 3, 9, 0},
    {4, 1, 256, 6, 3, 0},
    // Windows that begin within a block of keys, that are one key, and that reach the first.
    {3, 1, 12, 70, 25, 33},
    {2, 1, 96, 40, 3, 1},
    {1, 1, 8, 60, 5, 62},
    // Caps that scores of about 1 hardly reach, that they are at, and that are all that is left.
    {4, 2, 16, 5, 9, 0, 50.0F},
    {8, 4, 256, 9, 6, 0, 1.0F},
    {3, 1, 12, 70, 25, 33, 0.1F},
    {2, 1, 96, 40, 3, 1, 1.0F},
};

TEST_P(AttentionKernels, EqualTheFormula) {
  for (const Shape& shape : shapes) {
    const Problem problem(shape);
    std::vector<float> out(problem.query.size(), 0.0F), scratch = problem.scratch();
    for (std::int64_t head = 0; head < shape.keyHeads; ++head) {
      kernels.float32.attend(problem.tensors(head), problem.branch(), out.data(), scratch.data());
    }
    for (std::int64_t i = 0; i < shape.rows; ++i) {
      for (std::int64_t h = 0; h < shape.heads; ++h) {
        const auto expected = problem.direct(i, h);
        const float* row = out.data() + (problem.queryRows[i] * shape.heads + h) * shape.headSize;
        for (std::int64_t d = 0; d < shape.headSize; ++d) ASSERT_NEAR(row[d], expected[d], 1e-5);
      }
    }
  }
}

TEST_P(AttentionKernels, GradientsEqualDifferences) {
  for (const Shape& shape : shapes) {
    Problem problem(shape);
    std::vector<float> query(problem.query.size(), 0.0F), scratch = problem.scratch();
    std::vector<float> key(problem.key.size(), 0.0F), value(problem.value.size(), 0.0F);
    for (std::int64_t head = 0; head < shape.keyHeads; ++head) {
      kernels.float32.attendBackward(problem.tensors(head), problem.branch(),
                                     {problem.above.data(), query.data(), key.data(), value.data()},
                                     scratch.data());
    }
    for (std::size_t at = 0; at < query.size(); at += 1 + query.size() / 20) {
      EXPECT_NEAR(query[at], problem.difference(problem.query, at), 2e-3);
    }
    for (std::size_t at = 0; at < key.size(); at += 1 + key.size() / 20) {
      EXPECT_NEAR(key[at], problem.difference(problem.key, at), 2e-3);
      EXPECT_NEAR(value[at], problem.difference(problem.value, at), 2e-3);
    }
  }
}

}  // namespace
}  // namespace canvass
