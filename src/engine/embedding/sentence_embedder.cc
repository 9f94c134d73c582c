#include "engine/embedding/sentence_embedder.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include "base/error.h"
#include "engine/embedding/pooled_states.h"
#include "engine/language_model.h"

namespace canvass {
namespace {

// The text in quotes, or its first characters, whole.
std::string quotedOpening(const std::string& text) {
  std::size_t end = 60;  // bytes
  if (text.size() <= end) return fmt::format("\"{}\"", text);
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return fmt::format("\"{}...\"", text.substr(0, end));
}

}  // namespace

SentenceEmbedder::SentenceEmbedder(const ModelFiles& model, Progress& progress)
    : tokenizer_(loadTokenizer(model)), encoder_(loadEncoder(model, false, progress)) {
  checkVocabulary(*tokenizer_, encoder_->config().vocabularySize, model.describe());
}

std::vector<std::vector<float>> SentenceEmbedder::embed(
    const std::vector<std::string>& texts) const {
  if (texts.empty()) return {};
  const c10::NoGradGuard noGradients;
  const auto max = static_cast<std::size_t>(encoder_->config().maxPositions);
  std::vector<std::vector<TokenId>> tokens;
  for (const std::string& text : texts) {
    tokens.push_back(tokenizer_->encode(text, {.addSpecialTokens = true}));
    if (tokens.back().size() > max) {
      throw Error(fmt::format("the text has {} tokens, but the encoder reads at most {}",
                              tokens.back().size(), max),
                  quotedOpening(text),
                  "shorten it, leave --encoder out, or use one that reads longer texts");
    }
  }
  ExecutionContext context;
  const at::Tensor means = meanStates(*encoder_, tokens, 0.0, context);
  const at::Tensor vectors =
      (means / means.norm(2, 1, true).clamp_min(1e-12)).to(at::kFloat).contiguous();
  std::vector<std::vector<float>> result;
  const auto size = vectors.size(1);
  for (std::int64_t i = 0; i < vectors.size(0); ++i) {
    const float* const row = vectors.data_ptr<float>() + i * size;
    result.emplace_back(row, row + size);
  }
  return result;
}

}  // namespace canvass
