#include "model/output_head.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <gtest/gtest.h>

namespace canvass {
namespace {

constexpr std::int64_t vocabulary = 20000;  // three blocks, the last one smaller
constexpr std::int64_t size = 24;

class OutputHeads : public testing::TestWithParam<at::ScalarType> {
 protected:
  OutputHeads() { at::manual_seed(3); }

  c10::NoGradGuard noGradients;
  at::Tensor states = at::randn({300, size});  // more than are multiplied at once
  at::Tensor table = at::randn({vocabulary, size}).to(GetParam());
  OutputHead head{TokenTable(table), at::kFloat};
  ExecutionContext context;
};

TEST_P(OutputHeads, LogitsAreProductsWithEveryRowOfTheTable) {
  const at::Tensor expected = states.matmul(table.to(at::kFloat).t());
  EXPECT_TRUE(at::allclose(head.logits(states, context), expected, 1e-5, 1e-4));
}

TEST_P(OutputHeads, AnswersAreTheChosenLogitsAndTheSumOfAll) {
  at::Tensor tokens = at::randint(vocabulary, {300, 6}, at::kLong);
  tokens[0] = at::tensor({0L, vocabulary - 1, 8191L, 8192L, 16383L, 16384L}, at::kLong);
  const at::Tensor all = head.logits(states, context);
  const AnswerLogits answers = head.answers(states, tokens, context);
  EXPECT_TRUE(at::allclose(answers.chosen, all.gather(1, tokens), 1e-5, 1e-4));
  EXPECT_TRUE(at::allclose(answers.total, all.to(at::kDouble).logsumexp(1), 1e-6, 1e-6));
  EXPECT_TRUE(at::allclose(head.logitsOf(states, tokens, context), answers.chosen, 1e-5, 1e-4));
}

TEST_P(OutputHeads, NoStatesHaveNoAnswers) {
  const at::Tensor none = states.narrow(0, 0, 0);
  const AnswerLogits answers = head.answers(none, at::zeros({0, 6}, at::kLong), context);
  EXPECT_EQ(answers.chosen.size(0), 0);
  EXPECT_EQ(answers.total.size(0), 0);
}

TEST_P(OutputHeads, IsHeldOnceWhenPacked) {
  EXPECT_EQ(head.bytes(), 0U);
  head.pack();
  const auto once = sizeof(float) * vocabulary * size;
  EXPECT_GE(head.bytes(), once);
  EXPECT_LE(head.bytes(), once + once / 2);  // blocks are padded
}

// Tied to embeddings that stay quantized: the same rows, looked up and multiplied.
TEST(QuantizedTable, HasTheNumbersOfItsBlocks) {
  at::manual_seed(4);
  at::Tensor blocks = at::randint(0, 256, {9000, 34}, at::kByte);
  blocks.select(1, 0).fill_(0);
  blocks.select(1, 1).fill_(0x28);
  const QuantizedRows rows{ElementType::q8_0, blocks, 32};
  const at::Tensor numbers = rows.dequantized(0, 9000);
  const c10::NoGradGuard noGradients;
  const OutputHead head(TokenTable(rows), at::kFloat), dense(TokenTable(numbers), at::kFloat);
  const at::Tensor tokens = at::randint(9000, {7, 3}, at::kLong);
  EXPECT_TRUE(head.table().rowsOf(tokens).equal(dense.table().rowsOf(tokens)));
  const at::Tensor states = at::randn({7, 32});
  ExecutionContext context;
  EXPECT_TRUE(at::allclose(head.logitsOf(states, tokens, context),
                           dense.logitsOf(states, tokens, context)));
  EXPECT_TRUE(
      at::allclose(head.logits(states, context), dense.logits(states, context), 1e-4, 1e-4));
  EXPECT_LT(head.bytes(), dense.bytes() / 3);
}

INSTANTIATE_TEST_SUITE_P(Tables, OutputHeads,
                         testing::Values(at::kFloat, at::kBFloat16, at::kHalf));

}  // namespace
}  // namespace canvass
