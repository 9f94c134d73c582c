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
  OutputHead head{table, at::kFloat};
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
  EXPECT_TRUE(at::allclose(head.logitsOf(states, tokens), answers.chosen, 1e-5, 1e-4));
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

INSTANTIATE_TEST_SUITE_P(Tables, OutputHeads,
                         testing::Values(at::kFloat, at::kBFloat16, at::kHalf));

}  // namespace
}  // namespace canvass
