#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/progress.h"
#include "model/encoder.h"
#include "option_scorer/item_texts.h"
#include "option_scorer/option_head.h"
#include "predictions/predictor.h"
#include "survey/survey.h"
#include "tokenizer/tokenizer.h"

namespace canvass {

// An encoder that scores each option of a question for a population: softmax over a question's
// options is the predicted distribution. The small specialist for users without a GPU.
struct OptionScorer : Predictor {
  // An encoder, with option_head.safetensors if it was trained to score options. Progress counts
  // bytes.
  OptionScorer(std::shared_ptr<const ModelFiles> model, bool trainableEncoder,
               Progress& progress = noProgress());

  // The states of all options of the questions, one question after the other [options, state]: the
  // means over their tokens. Dropout acts within the encoder, if gradients are recorded, as the
  // context decides.
  at::Tensor optionStates(const std::vector<QuestionTokens>& questions, double dropout,
                          ExecutionContext& context) const;
  // The means over the tokens of each population's text [populations, state].
  at::Tensor populationStates(const std::vector<std::vector<TokenId>>& populations, double dropout,
                              ExecutionContext& context) const;
  ItemTexts texts() const;

  PredictionSource source() const override;
  // Throws Error as requireHead does.
  void predict(const Survey& survey, const PredictionSink& sink, Progress& progress) const override;
  // Throws Error if the encoder was not trained to score options.
  void requireHead() const;

  // Writes a folder that this constructor reads: the encoder with its tokenizer, and the head.
  void save(const std::filesystem::path& folder) const;

  std::shared_ptr<const ModelFiles> files;
  bool trainsEncoder;
  std::string name;
  std::unique_ptr<const Tokenizer> tokenizer;
  std::unique_ptr<Encoder> encoder;
  std::optional<OptionHead> head;
};

}  // namespace canvass
