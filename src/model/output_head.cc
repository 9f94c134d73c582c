#include "model/output_head.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <utility>

#include "model/conversion_buffer.h"
#include "nn/elementwise.h"

namespace canvass {
namespace {

constexpr std::int64_t blockTokens = 8192;
// One block of logits of so many rows is 8 MB.
constexpr std::int64_t rowsAtOnce = 256;

// The logits of tokens that the block has, in the places of `chosen`.
void choose(const at::Tensor& logits, const at::Tensor& tokens, at::Tensor& chosen) {
  const at::Tensor within = tokens.clamp(0, logits.size(1) - 1);
  chosen.copy_(at::where(tokens == within, logits.gather(1, within), chosen));
}

}  // namespace

OutputHead::OutputHead(TokenTable table, at::ScalarType computeType, double cap)
    : table_(std::move(table)), computeType_(computeType), cap_(cap) {}

at::Tensor OutputHead::finished(const at::Tensor& products, const ExecutionContext& context) const {
  return cap_ > 0.0 ? capped(products, cap_, context) : products.to(at::kFloat);
}

void OutputHead::pack() const {
  std::call_once(packed_, [this] {
    ConversionBuffer buffer;
    for (std::int64_t first = 0; first < table_.tokens(); first += blockTokens) {
      const std::int64_t tokens = std::min(blockTokens, table_.tokens() - first);
      blocks_.push_back(table_.product(first, tokens, computeType_, buffer));
    }
  });
}

at::Tensor OutputHead::logits(const at::Tensor& states, ExecutionContext& context) const {
  pack();
  const at::Tensor rows = states.to(computeType_);
  std::vector<at::Tensor> parts;
  for (const auto& block : blocks_)
    parts.push_back(finished(block->forward(rows, context), context));
  return at::cat(parts, 1);
}

AnswerLogits OutputHead::answers(const at::Tensor& states, const at::Tensor& tokens,
                                 ExecutionContext& context) const {
  pack();
  const auto numbers = states.options().requires_grad(false);
  AnswerLogits answers{at::zeros(tokens.sizes(), numbers.dtype(at::kFloat)),
                       at::empty({states.size(0)}, numbers.dtype(at::kDouble))};
  for (std::int64_t first = 0; first < states.size(0); first += rowsAtOnce) {
    const std::int64_t count = std::min(rowsAtOnce, states.size(0) - first);
    const at::Tensor rows = states.narrow(0, first, count).to(computeType_);
    at::Tensor wanted = tokens.narrow(0, first, count).to(states.device());
    at::Tensor chosen = answers.chosen.narrow(0, first, count);
    std::vector<at::Tensor> sums;
    for (const auto& block : blocks_) {
      const at::Tensor logits = finished(block->forward(rows, context), context);
      choose(logits, wanted, chosen);
      sums.push_back(logits.logsumexp(1).to(at::kDouble));
      wanted = wanted - logits.size(1);
    }
    answers.total.narrow(0, first, count).copy_(at::stack(sums, 1).logsumexp(1));
  }
  return answers;
}

at::Tensor OutputHead::logitsOf(const at::Tensor& states, const at::Tensor& tokens,
                                const ExecutionContext& context) const {
  const at::Tensor weights = table_.rowsOf(tokens).to(computeType_);  // [rows, options, hiddenSize]
  return finished(at::bmm(weights, states.to(computeType_).unsqueeze(2)).squeeze(2), context);
}

std::size_t OutputHead::bytes() const {
  std::size_t bytes = 0;
  for (const auto& block : blocks_) bytes += block->bytes();
  return bytes;
}

}  // namespace canvass
