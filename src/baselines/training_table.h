#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "survey/survey.h"

namespace canvass {

// The observed distributions of a training survey as a table of population x question, for
// predictors that compare populations. Refers to the survey, which must outlive it.
class TrainingTable {
 public:
  explicit TrainingTable(const Survey& training);

  std::size_t populations() const { return rows_.size(); }
  std::size_t questions() const { return training_.questions.size(); }

  // The indices in this table of a question and a population of another survey; nothing if the
  // training survey does not have it. Throws Error if the question has other option labels there.
  std::optional<std::size_t> question(const Question& question) const;
  std::optional<std::size_t> population(const Population& population) const;

  // Null if the training survey has no observed distribution.
  const Distribution* at(std::size_t population, std::size_t question) const {
    return rows_[population][question];
  }

 private:
  const Survey& training_;
  SurveyIndex index_;
  std::vector<std::vector<const Distribution*>> rows_;
};

// How similar the answers of other populations are to those of one of them: mean js_similarity
// over the training questions that both have.
class AnswerSimilarity {
 public:
  // Compares `target` with every population of the table.
  AnswerSimilarity(const TrainingTable& table, std::size_t target);

  // Nothing for the target itself and if no question is shared. `without`: a question left out of
  // the comparison, because the target's answer to it is what is to be predicted.
  std::optional<double> to(std::size_t population, std::size_t without) const;
  // The same with no question left out.
  std::optional<double> overall(std::size_t population) const;

 private:
  struct Shared {
    double sum = 0.0;
    std::size_t questions = 0;

    std::optional<double> mean() const;
  };

  const TrainingTable& table_;
  std::size_t target_;
  std::vector<Shared> shared_;
};

}  // namespace canvass
