#pragma once

#include <string>
#include <vector>

#include "base/random.h"
#include "opinions/answers.h"
#include "stats/small_survey.h"

namespace canvass::test {

// Populations whose answers differ: shares drawn around a center of each question. Questions of 2
// to 5 options, of two topics.
inline Survey madeUpOpinions(std::size_t populations, std::size_t questions) {
  Survey survey;
  survey.name = "made up";
  RandomStream random(7, "made-up opinions");
  for (std::size_t p = 0; p < populations; ++p) {
    const std::string id = "p" + std::to_string(p);
    survey.populations.push_back({id, "Name of " + id, "someone", {{"country", id}}});
  }
  for (std::size_t q = 0; q < questions; ++q) {
    const std::size_t options = 2 + q % 4;
    survey.questions.push_back(
        makeQuestion("q" + std::to_string(q), options, q % 2 == 0 ? "even" : "odd"));
    std::vector<double> center;
    for (std::size_t k = 0; k < options; ++k) center.push_back(1.0 + 3.0 * random.uniform());
    for (std::size_t p = 0; p < populations; ++p) {
      Distribution observed = center;
      for (double& share : observed) share += 2.0 * random.uniform();
      addItem(survey, q, p, normalized(observed, ""));
    }
  }
  return survey;
}

inline Distribution questionMean(const Survey& survey, std::size_t question) {
  Distribution mean(survey.questions[question].options.size(), 0.0);
  double count = 0.0;
  for (const Item& item : survey.items) {
    if (item.question != question) continue;
    count += 1.0;
    for (std::size_t k = 0; k < mean.size(); ++k) mean[k] += (*item.observed)[k];
  }
  for (double& share : mean) share /= count;
  return mean;
}

// What a model that always answers so would predict, for the first population only.
template <typename Answer>
Predictions answeringByQuestion(const Survey& survey, Answer answer) {
  std::vector<Prediction> all;
  for (std::size_t q = 0; q < survey.questions.size(); ++q) {
    all.push_back(makePrediction(survey.questions[q].id, survey.populations.front().id, answer(q)));
  }
  return makePredictions(std::move(all));
}

template <typename Answer>
Predictions answeringByItem(const Survey& survey, Answer answer) {
  std::vector<Prediction> all;
  for (const Item& item : survey.items) {
    all.push_back(
        makePrediction(survey.questionOf(item).id, survey.populationOf(item).id, answer(item)));
  }
  return makePredictions(std::move(all));
}

// The mean of the question and `shrink` times the population's deviation from it.
inline Predictions shrunk(const Survey& survey, double shrink) {
  return answeringByItem(survey, [&survey, shrink](const Item& item) {
    Distribution answer = questionMean(survey, item.question);
    for (std::size_t k = 0; k < answer.size(); ++k) {
      answer[k] += shrink * ((*item.observed)[k] - answer[k]);
    }
    return answer;
  });
}

inline Distribution observedOf(const Survey& survey, std::size_t question, std::size_t population) {
  for (const Item& item : survey.items) {
    if (item.question == question && item.population == population) return *item.observed;
  }
  return {};
}

}  // namespace canvass::test
