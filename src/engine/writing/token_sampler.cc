#include "engine/writing/token_sampler.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace canvass {
namespace {

// The likeliest tokens with at least `topP` of the probability between them. Sorts no more than
// necessary: a vocabulary has a hundred thousand tokens, a nucleus a few.
std::vector<std::size_t> nucleus(std::span<const float> shares, double topP) {
  std::vector<std::size_t> order(shares.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto likelier = [&](std::size_t a, std::size_t b) {
    return shares[a] != shares[b] ? shares[a] > shares[b] : a < b;
  };
  double held = 0.0;
  std::size_t sorted = 0;
  for (std::size_t taken = 0; taken < order.size(); ++taken) {
    if (taken == sorted) {
      sorted = std::min(order.size(), std::max<std::size_t>(64, 4 * sorted));
      std::partial_sort(order.begin() + static_cast<std::ptrdiff_t>(taken),
                        order.begin() + static_cast<std::ptrdiff_t>(sorted), order.end(), likelier);
    }
    held += shares[order[taken]];
    if (held >= topP) {
      order.resize(taken + 1);
      break;
    }
  }
  return order;
}

// Draws one of the tokens, with probabilities proportional to their shares; `token(i)` is the
// i-th.
template <typename TokenAt>
std::size_t draw(std::span<const float> shares, std::size_t count, const TokenAt& token,
                 RandomStream& random) {
  double held = 0.0;
  for (std::size_t i = 0; i < count; ++i) held += shares[token(i)];
  double left = random.uniform() * held;
  std::size_t last = 0;  // that can be drawn at all: it gets what rounding leaves over
  for (std::size_t i = 0; i < count; ++i) {
    const float share = shares[token(i)];
    if (share > 0.0F) last = token(i);
    left -= share;
    if (left < 0.0) return token(i);
  }
  return last;
}

}  // namespace

TokenId sampleToken(std::span<const float> logits, const SamplingOptions& options,
                    RandomStream& random) {
  const auto size = static_cast<std::int64_t>(logits.size());
  if (options.temperature == 0.0) {
    return static_cast<TokenId>(std::max_element(logits.begin(), logits.end()) - logits.begin());
  }
  // torch's own softmax computes many exponentials at a time.
  const at::Tensor softmax = at::from_blob(const_cast<float*>(logits.data()), {size}, at::kFloat)
                                 .div(options.temperature)
                                 .softmax(0);
  const std::span<const float> shares(softmax.data_ptr<float>(), logits.size());
  if (options.topP < 1.0) {
    const std::vector<std::size_t> tokens = nucleus(shares, options.topP);
    const auto at = [&](std::size_t i) { return tokens[i]; };
    return static_cast<TokenId>(draw(shares, tokens.size(), at, random));
  }
  const auto itself = [](std::size_t i) { return i; };
  return static_cast<TokenId>(draw(shares, shares.size(), itself, random));
}

}  // namespace canvass
