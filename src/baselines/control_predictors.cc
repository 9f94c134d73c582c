#include "baselines/control_predictors.h"

#include <fmt/format.h>

#include <numeric>

#include "base/error.h"
#include "base/random.h"
#include "baselines/predict_each.h"
#include "baselines/training_table.h"
#include "stats/multinomial.h"

namespace canvass {
namespace {

// By population, the one after it in a random cycle.
std::vector<std::size_t> circle(std::size_t populations, std::uint64_t seed) {
  std::vector<std::size_t> order(populations);
  std::iota(order.begin(), order.end(), 0u);
  RandomStream random(seed, "other population");
  random.shuffle(order);
  std::vector<std::size_t> next(populations);
  for (std::size_t i = 0; i < populations; ++i) next[order[i]] = order[(i + 1) % populations];
  return next;
}

}  // namespace

Predictions predictRespondents(const Survey& items, std::uint64_t respondents, std::uint64_t seed) {
  if (respondents == 0)
    throw Error("0 respondents say nothing", {}, "say how many with --sample-size");
  return predictEach("respondents", items, [&](const Item& item) {
    if (!item.observed) return Distribution{};
    const std::string& question = items.questionOf(item).id;
    RandomStream random(seed,
                        fmt::format("respondents, {}, {}", question, items.populationOf(item).id));
    std::vector<std::uint64_t> counts(item.observed->size());
    drawSample(normalized(*item.observed, "question " + question), respondents, random, counts);
    Distribution shares(counts.begin(), counts.end());
    return normalized(std::move(shares), "question " + question);
  });
}

Predictions predictOtherPopulation(const std::vector<const Survey*>& known, const Survey& items,
                                   std::uint64_t seed) {
  if (items.populations.size() < 2) {
    throw Error("there is no other population whose answers could be used", {},
                "give a survey with two or more populations");
  }
  const std::vector<std::size_t> next = circle(items.populations.size(), seed);
  const std::vector<TrainingTable> tables = [&] {
    std::vector<TrainingTable> result;
    for (const Survey* survey : known) result.emplace_back(*survey);
    return result;
  }();
  return predictEach("other_population", items, [&](const Item& item) {
    const Population& other = items.populations[next[item.population]];
    for (const TrainingTable& table : tables) {
      const auto question = table.question(items.questionOf(item));
      const auto population = table.population(other);
      if (!question || !population) continue;
      if (const Distribution* answers = table.at(*population, *question)) return *answers;
    }
    return Distribution{};
  });
}

}  // namespace canvass
