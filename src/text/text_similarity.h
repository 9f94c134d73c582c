#pragma once

#include <memory>
#include <string>
#include <vector>

#include "text/text_embedder.h"

namespace canvass {

// How alike a text is to each of some known texts.
class TextSimilarity {
 public:
  virtual ~TextSimilarity() = default;

  // To each known text, in their order: 0 (nothing in common) to 1.
  virtual std::vector<double> to(const std::string& text) const = 0;
};

// By the words they share (WordSimilarity); with an embedder by their meaning: the cosine of their
// vectors, 0 if it is negative. Throws Error if a text is not UTF-8, or too long for the embedder,
// which must live as long.
std::unique_ptr<const TextSimilarity> similarityTo(const std::vector<std::string>& texts,
                                                   const TextEmbedder* embedder = nullptr);

}  // namespace canvass
