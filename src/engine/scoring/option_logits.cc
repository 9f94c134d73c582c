#include "engine/scoring/option_logits.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace canvass {

LabelTokens labelTokensOf(const Forest& forest, const std::vector<EncodedPrompt>& prompts) {
  std::size_t longest = 0;
  for (const PromptSlot& slot : forest.slots) {
    longest = std::max(longest, slotOf(prompts, slot).labels.size());
  }
  const auto rows = static_cast<std::int64_t>(forest.slots.size());
  const auto columns = static_cast<std::int64_t>(longest);
  LabelTokens labels{at::zeros({rows, columns}, at::kLong), at::zeros({rows, columns}, at::kBool)};
  auto tokens = labels.tokens.accessor<std::int64_t, 2>();
  auto present = labels.present.accessor<bool, 2>();
  for (std::int64_t row = 0; row < rows; ++row) {
    const auto& own = slotOf(prompts, forest.slots[static_cast<std::size_t>(row)]).labels;
    for (std::size_t option = 0; option < own.size(); ++option) {
      tokens[row][static_cast<std::int64_t>(option)] = own[option];
      present[row][static_cast<std::int64_t>(option)] = true;
    }
  }
  return labels;
}

}  // namespace canvass
