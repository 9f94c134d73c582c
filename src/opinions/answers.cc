#include "opinions/answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/error.h"
#include "stats/metrics.h"

namespace canvass {
namespace {

// A survey of everything that was predicted for the survey's questions, so that matchPredictions,
// which needs an item for each prediction, checks and orders it.
Survey surveyOfPredictions(const Survey& survey, const Predictions& predictions) {
  Survey result;
  result.questions = survey.questions;
  const SurveyIndex index(survey);
  std::map<std::string, std::size_t> populations;
  std::map<std::pair<std::size_t, std::size_t>, bool> items;
  for (const Prediction& one : predictions.predictions) {
    const auto question = index.question(one.question);
    if (!question) continue;
    const auto [place, isNew] = populations.emplace(one.population, populations.size());
    if (isNew) result.populations.push_back({one.population, one.population, "", {}});
    if (!items.emplace(std::pair(*question, place->second), true).second) continue;
    Item item;
    item.question = *question;
    item.population = place->second;
    item.observed = uniformDistribution(survey.questions[*question].options.size());
    result.items.push_back(std::move(item));
  }
  return result;
}

Distribution meanOf(const std::vector<Distribution>& answers) {
  Distribution mean(answers.front().size(), 0.0);
  for (const Distribution& answer : answers) {
    for (std::size_t k = 0; k < mean.size(); ++k) mean[k] += answer[k];
  }
  for (double& share : mean) share /= static_cast<double>(answers.size());
  return mean;
}

bool wereSampled(const Predictions& predictions) {
  return std::ranges::any_of(predictions.predictions,
                             [](const Prediction& one) { return one.sampled.has_value(); });
}

// Stores the question's answer, and counts how far its answers differ.
void take(DefaultAnswers& result, std::size_t question, const std::vector<Distribution>& answers) {
  const Distribution mean = meanOf(answers);
  double furthest = 0.0;
  for (const Distribution& answer : answers) furthest = std::max(furthest, tvd(answer, mean));
  result.byQuestion[question] = mean;
  ++result.questions;
  if (furthest <= sameAnswerTolerance) return;
  ++result.differing;
  result.furthest = std::max(result.furthest, furthest);
}

}  // namespace

DefaultAnswers defaultAnswers(const Survey& survey, const Predictions& predictions) {
  const Survey asked = surveyOfPredictions(survey, predictions);
  Matching matching = matchPredictions(asked, predictions);
  DefaultAnswers result;
  result.model = predictions.model;
  result.skipped = std::move(matching.skipped);
  result.byQuestion.resize(survey.questions.size());
  std::vector<std::vector<Distribution>> answers(survey.questions.size());
  for (MatchedItem& one : matching.matched) {
    answers[asked.items[one.item].question].push_back(std::move(one.predicted));
  }
  for (std::size_t question = 0; question < answers.size(); ++question) {
    if (!answers[question].empty()) take(result, question, answers[question]);
  }
  if (result.questions == 0) {
    throw Error("the predictions answer none of the survey's questions", {},
                "give predictions of the survey's questions made with the template no-population");
  }
  if (result.differing > 0 && !wereSampled(predictions)) {
    throw Error(
        fmt::format("the answers to {} of {} questions differ between populations, by up to {:.3f} "
                    "(total variation distance from their mean): a population was named",
                    result.differing, result.questions, result.furthest),
        {}, "predict with --template no-population; predictions that name one go to --steered");
  }
  return result;
}

SteeredAnswers steeredAnswers(const Survey& survey, const Predictions& predictions,
                              const std::string& name) {
  Matching matching = matchPredictions(survey, predictions);
  SteeredAnswers result;
  result.name = name;
  result.skipped = std::move(matching.skipped);
  result.byItem.resize(survey.items.size());
  result.texts.resize(survey.items.size());
  for (MatchedItem& one : matching.matched) result.byItem[one.item] = std::move(one.predicted);
  const SurveyIndex index(survey);
  for (const Prediction& one : predictions.predictions) {
    if (!one.sampled) continue;
    const auto item = index.item(one.question, one.population);
    if (item) result.texts[*item] = static_cast<double>(one.sampled->chosen);
  }
  return result;
}

std::vector<std::vector<std::size_t>> observedItemsByQuestion(const Survey& survey) {
  std::vector<std::vector<std::size_t>> items(survey.questions.size());
  for (std::size_t i = 0; i < survey.items.size(); ++i) {
    if (survey.items[i].observed) items[survey.items[i].question].push_back(i);
  }
  return items;
}

}  // namespace canvass
