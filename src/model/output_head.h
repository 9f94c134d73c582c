#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <mutex>
#include <vector>

#include "model/token_table.h"
#include "nn/execution_context.h"
#include "nn/linear.h"

namespace canvass {

// What a reader of answers needs of all logits of some rows.
struct AnswerLogits {
  at::Tensor chosen;  // of chosen tokens, [rows, options], fp32
  at::Tensor total;   // log-sum-exp over the whole vocabulary, [rows], fp64
};

// The last product, from hidden states to logits of the vocabulary, in blocks of tokens: no more
// than one block of logits is held, and packing needs no second copy of a table that may be half of
// a small model.
class OutputHead {
 public:
  // table: of vocabularySize tokens; products are computed in computeType.
  // cap c: logits become c tanh(x / c); 0: they stay.
  OutputHead(TokenTable table, at::ScalarType computeType, double cap = 0.0);

  // Packs the table for logits() and answers(), which otherwise do so when first called: training
  // never reads all logits.
  void pack() const;

  // states [rows, hiddenSize] -> [rows, vocabularySize], fp32.
  at::Tensor logits(const at::Tensor& states, ExecutionContext& context) const;
  // tokens [rows, options], int64.
  AnswerLogits answers(const at::Tensor& states, const at::Tensor& tokens,
                       ExecutionContext& context) const;
  // Of the tokens alone, from their rows of the table: [rows, options], fp32.
  at::Tensor logitsOf(const at::Tensor& states, const at::Tensor& tokens,
                      const ExecutionContext& context) const;

  const TokenTable& table() const { return table_; }
  std::size_t bytes() const;  // packed

 private:
  // Logits of what the table's product gives.
  at::Tensor finished(const at::Tensor& products, const ExecutionContext& context) const;

  TokenTable table_;
  at::ScalarType computeType_;
  double cap_;
  mutable std::once_flag packed_;
  mutable std::vector<std::unique_ptr<Linear>> blocks_;
};

}  // namespace canvass
