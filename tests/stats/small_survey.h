#pragma once

#include <initializer_list>
#include <string>

#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass::test {

// A question with the labels A, B, ... in order.
inline Question makeQuestion(const std::string& id, std::size_t options,
                             const std::string& topic = "", Scale scale = Scale::ordinal) {
  Question question;
  question.id = id;
  question.text = "Text of " + id;
  question.topic = topic;
  question.scale = scale;
  for (std::size_t k = 0; k < options; ++k) {
    const std::string label(1, static_cast<char>('A' + k));
    question.options.push_back({label, "Option " + label, {}});
  }
  return question;
}

inline Survey makeSurvey(std::initializer_list<Question> questions,
                         std::initializer_list<std::string> populations) {
  Survey survey;
  survey.questions = questions;
  for (const std::string& id : populations) {
    survey.populations.push_back({id, "Name of " + id, "someone from " + id, {}});
  }
  return survey;
}

inline void addItem(Survey& survey, std::size_t question, std::size_t population,
                    Distribution observed) {
  survey.items.push_back({question, population, std::move(observed), {}, {}});
}

// A prediction for the labels A, B, ... in order.
inline Prediction makePrediction(const std::string& question, const std::string& population,
                                 std::vector<double> probabilities) {
  Prediction prediction{question, population, {}, std::move(probabilities), {}, {}};
  for (std::size_t k = 0; k < prediction.probabilities.size(); ++k) {
    prediction.labels.emplace_back(1, static_cast<char>('A' + k));
  }
  return prediction;
}

inline Predictions makePredictions(std::vector<Prediction> predictions) {
  Predictions result;
  result.model = "model";
  result.predictions = std::move(predictions);
  return result;
}

}  // namespace canvass::test
