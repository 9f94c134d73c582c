#include "probes/position_effects.h"

#include <optional>

namespace canvass {
namespace {

// The shares of one item in one order, and which option was where.
struct Observation {
  const Distribution* shares;  // in the original order
  const std::vector<std::size_t>* optionAt;
};

// All orders in which each item of the original was asked.
std::vector<std::vector<Observation>> gather(const Survey& original,
                                             std::span<const AskedVariant> asked) {
  const SurveyIndex index(original);
  std::vector<std::vector<Observation>> observations(original.items.size());
  for (const AskedVariant& one : asked) {
    const SurveyIndex variant(one.variant.survey);
    for (const Prediction& prediction : one.predictions.predictions) {
      const auto item = index.item(prediction.question, prediction.population);
      if (!item || !prediction.failure.empty()) continue;
      observations[*item].push_back(
          {&prediction.probabilities,
           &one.variant.optionAt[*variant.question(prediction.question)]});
    }
  }
  return observations;
}

Distribution meanShares(const std::vector<Observation>& observations) {
  Distribution mean(observations.front().shares->size(), 0.0);
  for (const Observation& one : observations) {
    for (std::size_t k = 0; k < mean.size(); ++k) {
      mean[k] += (*one.shares)[k] / static_cast<double>(observations.size());
    }
  }
  return mean;
}

}  // namespace

std::map<std::size_t, PositionEffects> positionEffects(const Survey& original,
                                                       std::span<const AskedVariant> asked) {
  std::map<std::size_t, PositionEffects> byOptions;
  for (const auto& observations : gather(original, asked)) {
    if (observations.size() < 2) continue;
    const Distribution mean = meanShares(observations);
    PositionEffects& sums = byOptions[mean.size()];
    sums.effects.resize(mean.size(), 0.0);
    ++sums.items;
    for (const Observation& one : observations) {
      for (std::size_t place = 0; place < mean.size(); ++place) {
        const std::size_t option = (*one.optionAt)[place];
        sums.effects[place] +=
            ((*one.shares)[option] - mean[option]) / static_cast<double>(observations.size());
      }
    }
  }
  for (auto& [options, sums] : byOptions) {
    for (double& effect : sums.effects) effect /= static_cast<double>(sums.items);
  }
  return byOptions;
}

}  // namespace canvass
