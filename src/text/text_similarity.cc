#include "text/text_similarity.h"

#include <algorithm>
#include <numeric>

#include "text/word_similarity.h"

namespace canvass {
namespace {

class MeaningSimilarity : public TextSimilarity {
 public:
  MeaningSimilarity(const std::vector<std::string>& texts, const TextEmbedder& embedder)
      : embedder_(embedder), vectors_(embedder.embed(texts)) {}

  std::vector<double> to(const std::string& text) const override {
    const std::vector<float> vector = embedder_.embed({text}).front();
    std::vector<double> similarities;
    for (const std::vector<float>& known : vectors_) {
      const double cosine = std::inner_product(known.begin(), known.end(), vector.begin(), 0.0);
      similarities.push_back(std::clamp(cosine, 0.0, 1.0));
    }
    return similarities;
  }

 private:
  const TextEmbedder& embedder_;
  std::vector<std::vector<float>> vectors_;
};

}  // namespace

std::unique_ptr<const TextSimilarity> similarityTo(const std::vector<std::string>& texts,
                                                   const TextEmbedder* embedder) {
  if (embedder == nullptr) return std::make_unique<WordSimilarity>(texts);
  return std::make_unique<MeaningSimilarity>(texts, *embedder);
}

}  // namespace canvass
