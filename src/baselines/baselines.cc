#include "baselines/baselines.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/error.h"
#include "baselines/answered_cells.h"
#include "baselines/predict_each.h"
#include "baselines/training_table.h"
#include "stats/metrics.h"

namespace canvass {
namespace {

// The training distributions for an item's question of all populations except the item's own.
struct Donor {
  std::size_t population;
  const Distribution* distribution;
};

std::vector<Donor> donorsFor(const TrainingTable& table, std::size_t question,
                             std::optional<std::size_t> target) {
  std::vector<Donor> donors;
  for (std::size_t population = 0; population < table.populations(); ++population) {
    const Distribution* distribution = table.at(population, question);
    if (distribution != nullptr && population != target) {
      donors.push_back({population, distribution});
    }
  }
  return donors;
}

// The sums of what those who answered a question said, before and from each of them on: so the mean
// of all but one takes no longer than a look, and that one has no part in it.
class QuestionSums {
 public:
  QuestionSums(const TrainingTable& table, std::size_t question) {
    for (std::size_t population = 0; population < table.populations(); ++population) {
      const Distribution* one = table.at(population, question);
      if (one == nullptr) continue;
      places_[population] = answers_.size();
      answers_.push_back(one);
    }
    before_.resize(answers_.size() + 1);
    from_.resize(answers_.size() + 1);
    for (std::size_t i = 0; i < answers_.size(); ++i) {
      before_[i + 1] = sum(before_[i], *answers_[i]);
      const std::size_t last = answers_.size() - i - 1;
      from_[last] = sum(from_[last + 1], *answers_[last]);
    }
  }

  // Empty if there is no other.
  Distribution meanWithout(std::optional<std::size_t> population) const {
    const auto place = population ? places_.find(*population) : places_.end();
    const bool isAmong = place != places_.end();
    const std::size_t count = answers_.size() - (isAmong ? 1 : 0);
    if (count == 0) return {};
    Distribution mean = isAmong ? sum(before_[place->second], from_[place->second + 1]) : from_[0];
    for (double& share : mean) share /= static_cast<double>(count);
    return mean;
  }

 private:
  // Of nothing, a sum has no options yet.
  static Distribution sum(Distribution one, const Distribution& other) {
    one.resize(std::max(one.size(), other.size()), 0.0);
    for (std::size_t k = 0; k < other.size(); ++k) one[k] += other[k];
    return one;
  }

  std::vector<const Distribution*> answers_;
  std::unordered_map<std::size_t, std::size_t> places_;  // among the answers, by population
  std::vector<Distribution> before_;
  std::vector<Distribution> from_;
};

std::vector<QuestionSums> sumsOf(const TrainingTable& table) {
  std::vector<QuestionSums> sums;
  for (std::size_t question = 0; question < table.questions(); ++question) {
    sums.emplace_back(table, question);
  }
  return sums;
}

// Empty if there are no donors.
Distribution meanOf(const std::vector<Donor>& donors) {
  if (donors.empty()) return {};
  Distribution mean(donors.front().distribution->size(), 0.0);
  for (const Donor& donor : donors) {
    for (std::size_t k = 0; k < mean.size(); ++k) mean[k] += (*donor.distribution)[k];
  }
  for (double& share : mean) share /= static_cast<double>(donors.size());
  return mean;
}

// Keeps the `count` donors most similar to the target, the most similar first.
class Neighborhood {
 public:
  Neighborhood(const TrainingTable& table, std::size_t count) : table_(table), count_(count) {}

  std::vector<Donor> nearest(const std::vector<Donor>& donors, std::size_t target,
                             std::size_t question) {
    const AnswerSimilarity& similarity =
        similarities_.try_emplace(target, table_, target).first->second;
    std::vector<std::pair<double, Donor>> ranked;
    for (const Donor& donor : donors) {
      const auto closeness = similarity.to(donor.population, question);
      if (closeness) ranked.emplace_back(*closeness, donor);
    }
    std::ranges::stable_sort(ranked, std::greater<>(), &std::pair<double, Donor>::first);
    ranked.resize(std::min(ranked.size(), count_));
    std::vector<Donor> result;
    for (const auto& [closeness, donor] : ranked) result.push_back(donor);
    return result;
  }

 private:
  const TrainingTable& table_;
  std::size_t count_;
  std::unordered_map<std::size_t, AnswerSimilarity> similarities_;  // by target, as needed
};

// The training survey's observed items except those to be predicted.
Survey withoutItemsToPredict(const Survey& training, const Survey& items) {
  Survey result = training;
  result.items.clear();
  for (const AnsweredCell& cell : cellsToLearnFrom(training, items, 0)) {
    result.items.push_back({cell.question, cell.population, *cell.shares, {}, {}});
  }
  return result;
}

// Adds, for each number of donors, how similar their mean is to what was observed. If there are
// fewer donors, the mean of all of them counts.
void addSimilarities(const std::vector<Donor>& donors, const Distribution& observed,
                     std::vector<double>& sums) {
  Distribution total(observed.size(), 0.0);
  Distribution mean;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (i < donors.size()) {
      for (std::size_t k = 0; k < total.size(); ++k) total[k] += (*donors[i].distribution)[k];
      mean = normalized(total, "mean of neighbors");
    }
    sums[i] += jsSimilarity(observed, mean);
  }
}

}  // namespace

Predictions predictUniform(const Survey&, const Survey& items) {
  return predictEach("uniform", items, [&](const Item& item) {
    return uniformDistribution(items.questionOf(item).options.size());
  });
}

Predictions predictQuestionMean(const Survey& training, const Survey& items) {
  const TrainingTable trained(training);
  const std::vector<QuestionSums> sums = sumsOf(trained);
  return predictEach("question_mean", items, [&](const Item& item) {
    const auto question = trained.question(items.questionOf(item));
    if (!question) return Distribution{};
    return sums[*question].meanWithout(trained.population(items.populationOf(item)));
  });
}

Predictions predictNearestPopulations(const Survey& training, const Survey& items,
                                      std::size_t neighbors) {
  if (neighbors == 0) {
    throw Error("the mean of 0 nearest populations is not a prediction", {}, "ask for 1 or more");
  }
  const TrainingTable trained(training);
  Neighborhood neighborhood(trained, neighbors);
  return predictEach("nearest_populations", items, [&](const Item& item) {
    const auto question = trained.question(items.questionOf(item));
    const auto target = trained.population(items.populationOf(item));
    if (!question || !target) return Distribution{};
    const auto donors = donorsFor(trained, *question, target);
    return meanOf(neighborhood.nearest(donors, *target, *question));
  });
}

NeighborChoice chooseNeighbors(const Survey& training, const Survey& items, std::size_t maxCount) {
  const Survey known = withoutItemsToPredict(training, items);
  const TrainingTable trained(known);
  Neighborhood neighborhood(trained, maxCount);
  std::vector<double> sums(maxCount, 0.0);
  std::size_t predicted = 0;
  for (const Item& item : known.items) {
    const auto donors = neighborhood.nearest(donorsFor(trained, item.question, item.population),
                                             item.population, item.question);
    if (donors.empty()) continue;
    addSimilarities(donors, *item.observed, sums);
    ++predicted;
  }
  if (predicted == 0) {
    throw Error("no training item has a neighbor that could predict it", {},
                "say how many neighbors to use");
  }
  const auto best = std::ranges::max_element(sums);
  return {static_cast<std::size_t>(best - sums.begin()) + 1,
          *best / static_cast<double>(predicted)};
}

}  // namespace canvass
