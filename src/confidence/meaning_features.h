#pragma once

#include <memory>
#include <vector>

#include "confidence/answer_features.h"
#include "text/text_embedder.h"

namespace canvass {

// The vector that an encoder gives of question, options, population and answer as one text, each
// column standardized by the texts that it was built from, over the root of the number of columns.
class MeaningFeatures : public AnswerFeatures {
 public:
  // Also computes `rowsOfTexts` for the texts, of which there must be at least one. Throws Error
  // if a text is too long for the embedder.
  MeaningFeatures(const std::vector<AnswerText>& texts,
                  std::shared_ptr<const TextEmbedder> embedder, std::vector<Row>& rowsOfTexts);

  std::size_t columns() const override { return means_.size(); }
  std::vector<Row> rows(const std::vector<AnswerText>& texts) const override;

 private:
  std::vector<Row> standardized(const std::vector<std::vector<float>>& vectors) const;

  std::shared_ptr<const TextEmbedder> embedder_;
  std::vector<double> means_, scales_;  // by column; a constant column's scale is 0
};

}  // namespace canvass
