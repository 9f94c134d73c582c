#include "option_scorer/option_scorer.h"

#include <fmt/format.h>
#include <torch/torch.h>

#include <algorithm>

#include "base/error.h"
#include "engine/fine_tuning.h"
#include "engine/language_model.h"

namespace canvass {
namespace {

constexpr const char* headFile = "option_head.safetensors";
constexpr std::size_t tokensAtOnce = 4096;  // while nothing records gradients

// Row by row the mean over rows [begin, end) of `states`.
at::Tensor meansOver(const at::Tensor& states,
                     const std::vector<std::pair<std::int64_t, std::int64_t>>& ranges) {
  std::vector<std::int64_t> rows;
  std::vector<float> shares;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const auto [begin, end] = ranges[i];
    rows.insert(rows.end(), static_cast<std::size_t>(end - begin), static_cast<std::int64_t>(i));
    shares.insert(shares.end(), static_cast<std::size_t>(end - begin),
                  1.0F / static_cast<float>(end - begin));
  }
  std::vector<std::int64_t> chosen;
  for (const auto& [begin, end] : ranges) {
    for (std::int64_t row = begin; row < end; ++row) chosen.push_back(row);
  }
  const at::Tensor weighted =
      states.index_select(0, torch::tensor(chosen, at::kLong)) * torch::tensor(shares).unsqueeze(1);
  return at::zeros({static_cast<std::int64_t>(ranges.size()), states.size(1)}, states.options())
      .index_add(0, torch::tensor(rows, at::kLong), weighted);
}

// The states of texts, some thousand tokens at a time: call(first text, states of these texts).
template <typename Call>
void inParts(const Encoder& encoder, const std::vector<std::vector<TokenId>>& texts, double dropout,
             Call call) {
  for (std::size_t first = 0; first < texts.size();) {
    std::vector<std::vector<TokenId>> part;
    std::size_t tokens = 0;
    while (first + part.size() < texts.size() && (part.empty() || tokens < tokensAtOnce)) {
      part.push_back(texts[first + part.size()]);
      tokens += part.back().size();
    }
    call(first, part, encoder.states(part, dropout));
    first += part.size();
  }
}

}  // namespace

OptionScorer::OptionScorer(const std::filesystem::path& folder, bool trainableEncoder,
                           Progress& progress)
    : name(folder.string()),
      tokenizer(loadTokenizer(folder)),
      encoder(loadEncoder(folder, trainableEncoder, progress)) {
  if (static_cast<std::int64_t>(tokenizer->vocabularySize()) > encoder->config().vocabularySize) {
    throw Error(fmt::format("the tokenizer has {} tokens, the model only {}",
                            tokenizer->vocabularySize(), encoder->config().vocabularySize),
                name, "the tokenizer belongs to another model");
  }
  const auto file = folder / headFile;
  if (std::filesystem::exists(file)) head.emplace(file, encoder->config().hiddenSize);
}

ItemTexts OptionScorer::texts() const {
  return {*tokenizer, static_cast<std::size_t>(encoder->config().maxPositions)};
}

at::Tensor OptionScorer::optionStates(const std::vector<QuestionTokens>& questions,
                                      double dropout) const {
  std::vector<std::vector<TokenId>> texts;
  for (const QuestionTokens& question : questions) texts.push_back(question.tokens);
  std::vector<at::Tensor> parts;
  inParts(*encoder, texts, dropout, [&](std::size_t first, const auto& part, const auto& states) {
    std::vector<std::pair<std::int64_t, std::int64_t>> ranges;
    std::int64_t start = 0;
    for (std::size_t i = 0; i < part.size(); ++i) {
      for (const auto& [begin, end] : questions[first + i].options) {
        ranges.emplace_back(start + static_cast<std::int64_t>(begin),
                            start + static_cast<std::int64_t>(end));
      }
      start += static_cast<std::int64_t>(part[i].size());
    }
    parts.push_back(meansOver(states, ranges));
  });
  return at::cat(parts);
}

at::Tensor OptionScorer::populationStates(const std::vector<std::vector<TokenId>>& populations,
                                          double dropout) const {
  std::vector<at::Tensor> parts;
  inParts(*encoder, populations, dropout, [&](std::size_t, const auto& part, const auto& states) {
    std::vector<std::pair<std::int64_t, std::int64_t>> ranges;
    std::int64_t start = 0;
    for (const auto& text : part) {
      ranges.emplace_back(start, start + static_cast<std::int64_t>(text.size()));
      start = ranges.back().second;
    }
    parts.push_back(meansOver(states, ranges));
  });
  return at::cat(parts);
}

void OptionScorer::save(const std::filesystem::path& folder) const {
  copyModelCompanions(name, folder);
  saveWeights(encoder->parameters(), folder / "model.safetensors");
  if (head) head->save(folder / headFile);
}

Predictions predict(const OptionScorer& scorer, const Survey& survey, Progress& progress) {
  if (!scorer.head) {
    throw Error("the encoder has not been trained to score options", scorer.name,
                "train it first: canvass train --preset encoder --model ... --survey ...");
  }
  const at::NoGradGuard noGradients;
  const ItemTexts texts = scorer.texts();
  std::vector<QuestionTokens> questions;
  std::vector<std::int64_t> firstOption{0};
  for (const Question& question : survey.questions) {
    questions.push_back(texts.tokensOf(question));
    firstOption.push_back(firstOption.back() + static_cast<std::int64_t>(question.options.size()));
  }
  std::vector<std::vector<TokenId>> populations;
  for (const Population& population : survey.populations) {
    populations.push_back(texts.tokensOf(population));
  }
  Predictions result;
  result.model = scorer.name;
  result.precision = precisionName(Precision::float32);
  if (survey.items.empty()) return result;
  const at::Tensor scores =
      scorer.head->scores(scorer.optionStates(questions), scorer.populationStates(populations))
          .to(at::kDouble);
  for (const Item& item : survey.items) {
    Prediction prediction = predictionFor(survey, item);
    const std::int64_t first = firstOption[item.question];
    const std::int64_t count = firstOption[item.question + 1] - first;
    const at::Tensor own =
        scores.select(1, static_cast<std::int64_t>(item.population)).narrow(0, first, count);
    const at::Tensor logits = own.contiguous();
    const at::Tensor shares = logits.softmax(0);
    prediction.logits.assign(logits.data_ptr<double>(), logits.data_ptr<double>() + count);
    prediction.probabilities.assign(shares.data_ptr<double>(), shares.data_ptr<double>() + count);
    result.predictions.push_back(std::move(prediction));
    progress.update(result.predictions.size(), survey.items.size(), "");
  }
  return result;
}

}  // namespace canvass
