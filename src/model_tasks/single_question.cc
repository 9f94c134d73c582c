#include "model_tasks/single_question.h"

#include <fmt/format.h>

#include "base/error.h"
#include "survey/letters.h"

namespace canvass {
namespace {

std::string phraseFor(const SingleQuestion& asked) {
  if (!asked.phrase.empty()) return asked.phrase;
  return asked.language == "zh" ? "来自" + asked.population + "的人"
                                : "someone from " + asked.population;
}

}  // namespace

Survey surveyOf(const SingleQuestion& asked) {
  requireFewOptions(asked.options.size());
  if (asked.options.size() < 2) {
    throw Error("a question needs two options or more", {}, "repeat --option for each");
  }
  Question question{"question", asked.question, "", {}, Scale::ordinal, {}};
  for (std::size_t i = 0; i < asked.options.size(); ++i) {
    question.options.push_back({letterLabel(i), asked.options[i], {}});
  }
  Survey survey;
  survey.language = asked.language;
  survey.questions = {question};
  survey.populations = {{asked.population, asked.population, phraseFor(asked), {}}};
  survey.items = {{0, 0, {}, {}, {}}};
  checkSurvey(survey, "the question");
  return survey;
}

Prediction askOne(const Predictor& predictor, const Survey& survey, Progress& progress) {
  const Predictions predictions = predictAll(predictor, survey, progress);
  if (predictions.predictions.empty()) throw Error("stopped before there was an answer");
  const Prediction& answer = predictions.predictions.front();
  if (!answer.failure.empty()) throw Error("the model gave no answer: " + answer.failure);
  return answer;
}

}  // namespace canvass
