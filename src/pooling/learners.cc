#include "pooling/learners.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "base/error.h"
#include "baselines/baselines.h"
#include "baselines/best_linear_baseline.h"
#include "baselines/low_rank_baseline.h"
#include "survey/item_set.h"

namespace canvass {
namespace {

Predictions questionMean(const Survey& training, const Survey& items, std::uint64_t) {
  return predictQuestionMean(training, items);
}

Predictions nearest(const Survey& training, const Survey& items, std::uint64_t) {
  return predictNearestPopulations(training, items, {chooseNeighbours(training, items).neighbours});
}

Predictions lowRank(const Survey& training, const Survey& items, std::uint64_t seed) {
  LowRankBaselineOptions options;
  options.seed = seed;
  return predictLowRank(training, items, options).predictions;
}

Predictions bestLinear(const Survey& training, const Survey& items, std::uint64_t seed) {
  BestLinearBaselineOptions options;
  options.seed = seed;
  return predictBestLinear(training, items, options).predictions;
}

constexpr std::array all = {
    Learner{"question-mean", questionMean},
    Learner{"nearest", nearest},
    Learner{"low-rank", lowRank},
    Learner{"best-linear", bestLinear},
};

}  // namespace

std::span<const Learner> learners() { return all; }

const Learner& learnerNamed(const std::string& name) {
  const auto found = std::ranges::find(all, name, &Learner::name);
  if (found != all.end()) return *found;
  std::string names;
  for (const Learner& learner : all) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", learner.name);
  }
  throw Error(fmt::format("no baseline \"{}\" can be part of a combination", name), {},
              "choose from " + names);
}

StackingInput predictForStacking(const Learner& learner, const Survey& training,
                                 const Survey& validation, const Survey& items,
                                 std::uint64_t seed) {
  const Survey unseen = withoutItemsOf(withoutItemsOf(training, validation), items);
  StackingInput result;
  result.name = fmt::format("baseline:{}", learner.name);
  result.predictions = learner.predict(unseen, validation, seed);
  Predictions others = learner.predict(mergeSurveys({unseen, validation}), items, seed);
  std::ranges::move(others.predictions, std::back_inserter(result.predictions.predictions));
  return result;
}

}  // namespace canvass
