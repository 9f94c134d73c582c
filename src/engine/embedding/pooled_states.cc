#include "engine/embedding/pooled_states.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace canvass {
namespace {

constexpr std::size_t placesAtOnce = 8192;  // tokens and what pads shorter texts to the longest

// Row by row the mean over a range of rows of `states`.
at::Tensor meansOver(const at::Tensor& states, const std::vector<TokenRange>& ranges) {
  std::vector<std::int64_t> chosen, means;
  std::vector<float> shares;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const auto [begin, end] = ranges[i];
    for (std::size_t row = begin; row < end; ++row) {
      chosen.push_back(static_cast<std::int64_t>(row));
      means.push_back(static_cast<std::int64_t>(i));
      shares.push_back(1.0F / static_cast<float>(end - begin));
    }
  }
  const at::Tensor weighted =
      states.index_select(0, at::tensor(chosen, at::kLong)) * at::tensor(shares).unsqueeze(1);
  return at::zeros({static_cast<std::int64_t>(ranges.size()), states.size(1)}, states.options())
      .index_add(0, at::tensor(means, at::kLong), weighted);
}

}  // namespace

at::Tensor meanStates(const Encoder& encoder, const std::vector<std::vector<TokenId>>& texts,
                      const std::vector<std::vector<TokenRange>>& ranges, double dropout,
                      ExecutionContext& context) {
  std::vector<at::Tensor> parts;
  for (std::size_t first = 0; first < texts.size();) {
    std::vector<std::vector<TokenId>> part;
    std::vector<TokenRange> rows;
    std::size_t tokens = 0, longest = 0;
    for (std::size_t text = first; text < texts.size(); ++text) {
      longest = std::max(longest, texts[text].size());
      if (!part.empty() && (part.size() + 1) * longest > placesAtOnce) break;
      for (const auto& [begin, end] : ranges[text]) {
        rows.push_back({tokens + begin, tokens + end});
      }
      part.push_back(texts[text]);
      tokens += texts[text].size();
    }
    parts.push_back(meansOver(encoder.states(part, dropout, context), rows));
    first += part.size();
  }
  return at::cat(parts);
}

at::Tensor meanStates(const Encoder& encoder, const std::vector<std::vector<TokenId>>& texts,
                      double dropout, ExecutionContext& context) {
  std::vector<std::vector<TokenRange>> whole;
  for (const auto& text : texts) whole.push_back({{0, text.size()}});
  return meanStates(encoder, texts, whole, dropout, context);
}

}  // namespace canvass
