#include "pooling/learners.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "base/error.h"
#include "survey/item_set.h"

namespace canvass {

const Baseline& learnerNamed(std::string_view name) {
  const Baseline& baseline = findBaseline(name);
  if (baseline.training == TrainingUse::required) return baseline;
  std::vector<std::string_view> learners;
  for (const Baseline& one : baselines()) {
    if (one.training == TrainingUse::required) learners.push_back(one.id);
  }
  throw Error(fmt::format("the baseline {} learns from no items, and cannot be part of a "
                          "combination",
                          baseline.id),
              {}, fmt::format("choose from {}", fmt::join(learners, ", ")));
}

NamedPredictions predictForStacking(const Baseline& learner, const Survey& training,
                                    const Survey& validation, const Survey& items,
                                    std::uint64_t seed) {
  const BaselineOptions options = takenOptions(learner, {.seed = seed});
  const Survey unseen = withoutItemsOf(withoutItemsOf(training, validation), items);
  const Survey seen = mergeSurveys({unseen, validation});
  NamedPredictions result;
  result.name = fmt::format("baseline:{}", learner.id);
  result.predictions = predictAll(*makeBaseline(learner, &unseen, options), validation);
  Predictions others = predictAll(*makeBaseline(learner, &seen, options), items);
  std::ranges::move(others.predictions, std::back_inserter(result.predictions.predictions));
  return result;
}

}  // namespace canvass
