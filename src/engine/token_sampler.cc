#include "engine/token_sampler.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace canvass {
namespace {

// The likeliest tokens with at least `topP` of the weight between them. Sorts no more than it
// must: a vocabulary has a hundred thousand tokens, a nucleus a few.
std::vector<std::size_t> nucleus(const std::vector<double>& weights, double total, double topP) {
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto likelier = [&](std::size_t a, std::size_t b) {
    return weights[a] != weights[b] ? weights[a] > weights[b] : a < b;
  };
  double held = 0.0;
  std::size_t sorted = 0;
  for (std::size_t taken = 0; taken < order.size(); ++taken) {
    if (taken == sorted) {
      sorted = std::min(order.size(), std::max<std::size_t>(64, 4 * sorted));
      std::partial_sort(order.begin() + static_cast<std::ptrdiff_t>(taken),
                        order.begin() + static_cast<std::ptrdiff_t>(sorted), order.end(), likelier);
    }
    held += weights[order[taken]];
    if (held >= topP * total) {
      order.resize(taken + 1);
      break;
    }
  }
  return order;
}

}  // namespace

TokenId sampleToken(std::span<const float> logits, const SamplingOptions& options,
                    RandomStream& random) {
  const auto top = std::max_element(logits.begin(), logits.end());
  if (options.temperature == 0.0) return static_cast<TokenId>(top - logits.begin());
  std::vector<double> weights(logits.size());
  for (std::size_t i = 0; i < logits.size(); ++i) {
    weights[i] = std::exp((static_cast<double>(logits[i]) - *top) / options.temperature);
  }
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<std::size_t> tokens;
  if (options.topP < 1.0) {
    tokens = nucleus(weights, total, options.topP);
  } else {
    tokens.resize(weights.size());
    std::iota(tokens.begin(), tokens.end(), std::size_t{0});
  }
  double held = 0.0;
  for (const std::size_t token : tokens) held += weights[token];
  double left = random.uniform() * held;
  for (const std::size_t token : tokens) {
    left -= weights[token];
    if (left < 0.0) return static_cast<TokenId>(token);
  }
  // Rounding can leave a rest: it belongs to the last token that can be drawn at all.
  const auto last = std::find_if(tokens.rbegin(), tokens.rend(),
                                 [&](std::size_t token) { return weights[token] > 0.0; });
  return static_cast<TokenId>(*last);
}

}  // namespace canvass
