#include "baselines/training_table.h"

#include <algorithm>

#include "base/error.h"
#include "stats/metrics.h"

namespace canvass {

TrainingTable::TrainingTable(const Survey& training)
    : training_(training),
      index_(training),
      rows_(training.populations.size(),
            std::vector<const Distribution*>(training.questions.size(), nullptr)) {
  for (const Item& item : training.items) {
    if (item.observed) rows_[item.population][item.question] = &*item.observed;
  }
}

std::optional<std::size_t> TrainingTable::question(const Question& question) const {
  const auto place = index_.question(question.id);
  if (place && !std::ranges::equal(training_.questions[*place].options, question.options, {},
                                   &Option::label, &Option::label)) {
    throw Error("the training survey and the survey to predict have different options",
                "question " + question.id, "import both with the same options in the same order");
  }
  return place;
}

std::optional<std::size_t> TrainingTable::population(const Population& population) const {
  return index_.population(population.id);
}

AnswerSimilarity::AnswerSimilarity(const TrainingTable& table, std::size_t target)
    : table_(table), target_(target), shared_(table.populations()) {
  for (std::size_t other = 0; other < table.populations(); ++other) {
    if (other == target) continue;
    for (std::size_t question = 0; question < table.questions(); ++question) {
      const Distribution* mine = table.at(target, question);
      const Distribution* theirs = table.at(other, question);
      if (mine == nullptr || theirs == nullptr) continue;
      shared_[other].sum += jsSimilarity(*mine, *theirs);
      ++shared_[other].questions;
    }
  }
}

std::optional<double> AnswerSimilarity::Shared::mean() const {
  if (questions == 0) return std::nullopt;
  return sum / static_cast<double>(questions);
}

std::optional<double> AnswerSimilarity::overall(std::size_t population) const {
  return shared_[population].mean();
}

std::optional<double> AnswerSimilarity::to(std::size_t population, std::size_t without) const {
  Shared shared = shared_[population];
  const Distribution* mine = table_.at(target_, without);
  const Distribution* theirs = table_.at(population, without);
  if (population != target_ && mine != nullptr && theirs != nullptr) {
    shared.sum -= jsSimilarity(*mine, *theirs);
    --shared.questions;
  }
  return shared.mean();
}

}  // namespace canvass
