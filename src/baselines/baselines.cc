#include "baselines/baselines.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/error.h"
#include "baselines/predict_each.h"
#include "baselines/training_table.h"

namespace canvass {
namespace {

// The training distributions for an item's question of all populations but the item's own.
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

// Empty where there are no donors.
Distribution meanOf(const std::vector<Donor>& donors) {
  if (donors.empty()) return {};
  Distribution mean(donors.front().distribution->size(), 0.0);
  for (const Donor& donor : donors) {
    for (std::size_t k = 0; k < mean.size(); ++k) mean[k] += (*donor.distribution)[k];
  }
  for (double& share : mean) share /= static_cast<double>(donors.size());
  return mean;
}

// Keeps the `count` donors most like the target, the most similar first.
class Neighbourhood {
 public:
  Neighbourhood(const TrainingTable& table, std::size_t count) : table_(table), count_(count) {}

  std::vector<Donor> nearest(const std::vector<Donor>& donors, std::size_t target,
                             std::size_t question) {
    const PopulationSimilarity& similarity =
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
  std::unordered_map<std::size_t, PopulationSimilarity> similarities_;  // by target, as needed
};

constexpr std::array table = {
    Baseline{"uniform", "uniform", false, predictUniform},
    Baseline{"question_mean", "question mean", true, predictQuestionMean},
    Baseline{"nearest_populations", "nearest", true, predictNearestPopulations},
};

}  // namespace

Predictions predictUniform(const Survey&, const Survey& items, const BaselineOptions&) {
  return predictEach("uniform", items, [&](const Item& item) {
    return uniformDistribution(items.questionOf(item).options.size());
  });
}

Predictions predictQuestionMean(const Survey& training, const Survey& items,
                                const BaselineOptions&) {
  const TrainingTable trained(training);
  return predictEach("question_mean", items, [&](const Item& item) {
    const auto question = trained.question(items.questionOf(item));
    if (!question) return Distribution{};
    return meanOf(donorsFor(trained, *question, trained.population(items.populationOf(item))));
  });
}

Predictions predictNearestPopulations(const Survey& training, const Survey& items,
                                      const BaselineOptions& options) {
  if (options.neighbours == 0) {
    throw Error("the mean of 0 nearest populations is no prediction", {}, "ask for 1 or more");
  }
  const TrainingTable trained(training);
  Neighbourhood neighbourhood(trained, options.neighbours);
  return predictEach("nearest_populations", items, [&](const Item& item) {
    const auto question = trained.question(items.questionOf(item));
    const auto target = trained.population(items.populationOf(item));
    if (!question || !target) return Distribution{};
    const auto donors = donorsFor(trained, *question, target);
    return meanOf(neighbourhood.nearest(donors, *target, *question));
  });
}

std::span<const Baseline> baselines() { return table; }

}  // namespace canvass
