#include "model_tasks/confidence_task.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "base/error.h"
#include "confidence/auxiliary_model.h"
#include "engine/embedding/sentence_embedder.h"
#include "stats/metrics.h"
#include "survey/item_set.h"

namespace canvass {
namespace {

// Predictions of the survey's items; `others`: of all but those.
Predictions predictionsOf(const Predictions& all, const Survey& survey, bool others) {
  const ItemSet items(survey);
  Predictions result{static_cast<const PredictionSource&>(all), {}};
  for (const Prediction& one : all.predictions) {
    if (items.contains(one.question, one.population) != others) result.predictions.push_back(one);
  }
  return result;
}

void judge(ConfidenceResult& result, const Survey& observed) {
  std::vector<double> learned, topShares;
  std::vector<bool> trusted;
  const SurveyIndex index(observed);
  for (const Prediction& one : result.predictions.predictions) {
    if (!one.confidence) continue;
    const Predictions single{static_cast<const PredictionSource&>(result.predictions), {one}};
    const auto item = index.item(*index.question(one.question), *index.population(one.population));
    const Matching matching = matchPredictions(observed, single, std::vector<std::size_t>{*item});
    if (matching.matched.empty()) continue;
    const Distribution& predicted = matching.matched.front().predicted;
    learned.push_back(*one.confidence);
    topShares.push_back(*std::max_element(predicted.begin(), predicted.end()));
    trusted.push_back(1.0 - jsSimilarity(*observed.items[*item].observed, predicted) <=
                      result.threshold);
  }
  result.learned = scoreConfidences(learned, trusted);
  result.topShare = scoreConfidences(topShares, trusted);
}

Predictions withConfidence(const AuxiliaryModel& model, const Survey& items,
                           Predictions predictions) {
  const SurveyIndex index(items);
  std::vector<AnswerText> answers;
  std::vector<Prediction*> answered;
  for (Prediction& one : predictions.predictions) {
    if (!one.failure.empty()) continue;
    const Question& question = items.questions[*index.question(one.question)];
    if (one.labels != labelsOf(question)) {
      throw Error("the prediction is for other options",
                  fmt::format("question {}, population {}", one.question, one.population),
                  "give the survey that was predicted with --items");
    }
    answers.push_back(answerText(question, items.populations[*index.population(one.population)],
                                 one.probabilities));
    answered.push_back(&one);
  }
  const std::vector<double> confidences = model.confidencesIn(answers);
  for (std::size_t i = 0; i < answered.size(); ++i) answered[i]->confidence = confidences[i];
  return predictions;
}

}  // namespace

ConfidenceResult learnConfidence(const Survey& observed, const Survey& items,
                                 const Predictions& predictions, const ConfidenceOptions& options,
                                 Progress& progress) {
  std::shared_ptr<const TextEmbedder> encoder;
  if (options.encoder) encoder = std::make_shared<SentenceEmbedder>(*options.encoder);
  const AuxiliaryModel model(observed, predictionsOf(predictions, observed, false), options.seed,
                             encoder, progress);
  const Predictions others =
      predictionsOf(predictionsOf(predictions, observed, true), items, false);
  if (others.predictions.empty()) {
    throw Error("no prediction is of the items in --items that were not learned from", "",
                "predict them with the same model, and give that file too");
  }
  ConfidenceResult result;
  result.predictions = withConfidence(model, items, others);
  result.learnedFrom = model.items();
  result.threshold = model.threshold();
  result.ridge = model.ridge();
  judge(result, items);
  return result;
}

}  // namespace canvass
