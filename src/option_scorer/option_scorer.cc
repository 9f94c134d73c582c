#include "option_scorer/option_scorer.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>

#include "base/error.h"
#include "engine/embedding/pooled_states.h"
#include "engine/language_model.h"
#include "engine/training/fine_tuning.h"
#include "model/stored_tensors.h"
#include "model_files/weight_files.h"

namespace canvass {
namespace {

constexpr const char* headFile = "option_head.safetensors";

constexpr std::size_t itemsAtOnce = 1024;  // handed out together

// The scores of all options of a survey's questions for all of its populations.
class ScoreTable {
 public:
  ScoreTable(const OptionScorer& scorer, const Survey& survey) : survey_(survey) {
    const ItemTexts texts = scorer.texts();
    std::vector<QuestionTokens> questions;
    for (const Question& question : survey.questions) {
      questions.push_back(texts.tokensOf(question));
      firstOption_.push_back(firstOption_.back() +
                             static_cast<std::int64_t>(question.options.size()));
    }
    std::vector<std::vector<TokenId>> populations;
    for (const Population& population : survey.populations) {
      populations.push_back(texts.tokensOf(population));
    }
    ExecutionContext context;
    scores_ = scorer.head
                  ->scores(scorer.optionStates(questions, 0.0, context),
                           scorer.populationStates(populations, 0.0, context), 0.0, context)
                  .to(at::kDouble);
  }

  Prediction predictionOf(const Item& item) const {
    const std::int64_t first = firstOption_[item.question];
    const std::int64_t count = firstOption_[item.question + 1] - first;
    const at::Tensor logits = scores_.select(1, static_cast<std::int64_t>(item.population))
                                  .narrow(0, first, count)
                                  .contiguous();
    const at::Tensor shares = logits.softmax(0);
    Prediction prediction = predictionFor(survey_, item);
    prediction.logits.assign(logits.data_ptr<double>(), logits.data_ptr<double>() + count);
    prediction.probabilities.assign(shares.data_ptr<double>(), shares.data_ptr<double>() + count);
    return prediction;
  }

 private:
  const Survey& survey_;
  std::vector<std::int64_t> firstOption_{0};  // of each question, and the end of the last
  at::Tensor scores_;                         // [options, populations]
};

}  // namespace

OptionScorer::OptionScorer(std::shared_ptr<const ModelFiles> model, bool trainableEncoder,
                           Progress& progress)
    : files(std::move(model)),
      trainsEncoder(trainableEncoder),
      name(files->describe()),
      tokenizer(loadTokenizer(*files)),
      encoder(loadEncoder(*files, trainableEncoder, progress)) {
  checkVocabulary(*tokenizer, encoder->config().vocabularySize, name);
  if (files->has(headFile)) head.emplace(*files, headFile, encoder->config().hiddenSize);
}

ItemTexts OptionScorer::texts() const {
  return {*tokenizer, static_cast<std::size_t>(encoder->config().maxPositions)};
}

at::Tensor OptionScorer::optionStates(const std::vector<QuestionTokens>& questions, double dropout,
                                      ExecutionContext& context) const {
  std::vector<std::vector<TokenId>> texts;
  std::vector<std::vector<TokenRange>> options;
  for (const QuestionTokens& question : questions) {
    texts.push_back(question.tokens);
    options.push_back(question.options);
  }
  return meanStates(*encoder, texts, options, dropout, context);
}

at::Tensor OptionScorer::populationStates(const std::vector<std::vector<TokenId>>& populations,
                                          double dropout, ExecutionContext& context) const {
  return meanStates(*encoder, populations, dropout, context);
}

void OptionScorer::save(const std::filesystem::path& folder) const {
  copyModelCompanions(*files, folder);
  if (trainsEncoder) {
    saveWeights(encoder->parameters(), folder / "model.safetensors");
  } else {
    copyWeights(*files, folder);
  }
  if (head) head->save(folder / headFile);
}

PredictionSource OptionScorer::source() const {
  PredictionSource source;
  source.model = name;
  source.precision = precisionName(Precision::float32);
  return source;
}

void OptionScorer::requireHead() const {
  if (head) return;
  throw Error("the encoder has not been trained to score options", name,
              "train it first: canvass train --model ... --survey ...");
}

void OptionScorer::predict(const Survey& survey, const PredictionSink& sink,
                           Progress& progress) const {
  requireHead();
  if (survey.items.empty()) return;
  const c10::NoGradGuard noGradients;
  const std::size_t count = survey.items.size();
  progress.update(0, count, "");
  const ScoreTable scores(*this, survey);
  for (std::size_t first = 0; first < count && !progress.stopRequested(); first += itemsAtOnce) {
    std::vector<Prediction> made;
    for (std::size_t i = first; i < std::min(count, first + itemsAtOnce); ++i) {
      made.push_back(scores.predictionOf(survey.items[i]));
    }
    sink(made);
    progress.update(std::min(count, first + itemsAtOnce), count, "");
  }
}

}  // namespace canvass
