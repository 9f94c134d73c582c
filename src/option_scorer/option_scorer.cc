#include "option_scorer/option_scorer.h"

#include <torch/torch.h>

#include "base/error.h"
#include "engine/embedding/pooled_states.h"
#include "engine/language_model.h"
#include "engine/training/fine_tuning.h"

namespace canvass {
namespace {

constexpr const char* headFile = "option_head.safetensors";

}  // namespace

OptionScorer::OptionScorer(std::shared_ptr<const ModelFiles> model, bool trainableEncoder,
                           Progress& progress)
    : files(std::move(model)),
      name(files->describe()),
      tokenizer(loadTokenizer(*files)),
      encoder(loadEncoder(*files, trainableEncoder, progress)) {
  checkVocabulary(*tokenizer, encoder->config().vocabularySize, name);
  if (files->has(headFile)) head.emplace(*files, headFile, encoder->config().hiddenSize);
}

ItemTexts OptionScorer::texts() const {
  return {*tokenizer, static_cast<std::size_t>(encoder->config().maxPositions)};
}

at::Tensor OptionScorer::optionStates(const std::vector<QuestionTokens>& questions,
                                      double dropout) const {
  std::vector<std::vector<TokenId>> texts;
  std::vector<std::vector<TokenRange>> options;
  for (const QuestionTokens& question : questions) {
    texts.push_back(question.tokens);
    options.push_back(question.options);
  }
  return meanStates(*encoder, texts, options, dropout);
}

at::Tensor OptionScorer::populationStates(const std::vector<std::vector<TokenId>>& populations,
                                          double dropout) const {
  return meanStates(*encoder, populations, dropout);
}

void OptionScorer::save(const std::filesystem::path& folder) const {
  copyModelCompanions(*files, folder);
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
