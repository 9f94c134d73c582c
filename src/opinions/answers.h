#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "predictions/prediction_match.h"
#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

// Answers to the same question may differ by this much (total variation distance from their mean)
// if no population is named: because of rounding in files and in batched arithmetic.
inline constexpr double sameAnswerTolerance = 0.01;

// What a model answers if no population is named: one distribution per question.
struct DefaultAnswers {
  std::string model;
  // By index into Survey::questions, in the options' order; nothing if there is no answer.
  std::vector<std::optional<Distribution>> byQuestion;
  std::size_t questions = 0;  // answered
  // Of answers counted from texts that were sampled, which differ by chance: to how many questions,
  // and by how much at most (total variation distance from their mean, which is taken).
  std::size_t differing = 0;
  double furthest = 0.0;
  std::vector<Skipped> skipped;  // predictions of no question in the survey, or without an answer
};

// From predictions of a template without a population, of any items: of each question's answers,
// whichever population they were asked for, the mean. Throws Error if answers to one question
// differ by more than sameAnswerTolerance and were not sampled, since then a population was named;
// and if no question of the survey has an answer.
DefaultAnswers defaultAnswers(const Survey& survey, const Predictions& predictions);

// What a model answers for each population that is named.
struct SteeredAnswers {
  std::string name;
  // By index into Survey::items, in the options' order.
  std::vector<std::optional<Distribution>> byItem;
  std::vector<std::optional<double>> texts;  // that a distribution was counted from
  std::vector<Skipped> skipped;
};

SteeredAnswers steeredAnswers(const Survey& survey, const Predictions& predictions,
                              const std::string& name);

// The items of each question that have an observed distribution, in the survey's order.
std::vector<std::vector<std::size_t>> observedItemsByQuestion(const Survey& survey);

}  // namespace canvass
