#include "probes/debiasing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/random.h"

namespace canvass {
namespace {

// A share of 0 has no logarithm and divides badly; nothing a model computes is smaller.
constexpr double minShare = 1e-12;

std::map<ItemId, const Prediction*> byItem(const Predictions& predictions) {
  std::map<ItemId, const Prediction*> found;
  for (const Prediction& one : predictions.predictions) found[idOf(one)] = &one;
  return found;
}

Predictions startFrom(const Predictions& original, const std::string& how) {
  Predictions result = original;
  result.calibration += (result.calibration.empty() ? "" : "; ") + how;
  for (Prediction& prediction : result.predictions) {
    prediction.logits.clear();
    prediction.optionMass.reset();
  }
  return result;
}

void divideAndSum(Distribution& shares, const Distribution& by) {
  for (std::size_t k = 0; k < shares.size(); ++k) shares[k] /= std::max(by[k], minShare);
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (double& share : shares) share /= sum;
}

// Shares by the position at which each option was shown.
Distribution byPlace(const Distribution& shares, const std::vector<std::size_t>& optionAt) {
  Distribution result;
  for (const std::size_t option : optionAt) result.push_back(shares[option]);
  return result;
}

// The position priors that one item shows when asked in several orders.
Distribution priorOf(const std::vector<Distribution>& shares) {
  Distribution prior(shares.front().size(), 0.0);
  for (const Distribution& one : shares) {
    for (std::size_t place = 0; place < prior.size(); ++place) {
      prior[place] += std::log(std::max(one[place], minShare)) / static_cast<double>(shares.size());
    }
  }
  const double greatest = *std::max_element(prior.begin(), prior.end());
  for (double& value : prior) value = std::exp(value - greatest);
  const double sum = std::accumulate(prior.begin(), prior.end(), 0.0);
  for (double& value : prior) value /= sum;
  return prior;
}

std::set<ItemId> drawItems(const Predictions& original, const PrideOptions& options) {
  std::vector<ItemId> ids;
  for (const Prediction& one : original.predictions) ids.push_back(idOf(one));
  RandomStream random(options.seed, "items that show the prior");
  random.shuffle(ids);
  const auto count = static_cast<std::size_t>(
      std::ceil(options.calibrationShare * static_cast<double>(ids.size())));
  ids.resize(std::min(ids.size(), std::max<std::size_t>(count, 1)));
  return {ids.begin(), ids.end()};
}

}  // namespace

Predictions averagedOverOrders(std::span<const AskedVariant> asked) {
  Predictions result =
      startFrom(asked.front().predictions,
                fmt::format("averaged over up to {} orders of the options", asked.size()));
  std::vector<std::map<ItemId, const Prediction*>> orders;
  for (const AskedVariant& one : asked) orders.push_back(byItem(one.predictions));
  for (Prediction& prediction : result.predictions) {
    std::vector<const Prediction*> found;
    for (const auto& order : orders) {
      const auto there = order.find(idOf(prediction));
      if (there != order.end()) found.push_back(there->second);
    }
    for (std::size_t k = 0; k < prediction.probabilities.size(); ++k) {
      double sum = 0.0;
      for (const Prediction* one : found) sum += one->probabilities[k];
      prediction.probabilities[k] = sum / static_cast<double>(found.size());
    }
  }
  return result;
}

Predictions debiasedByPride(std::span<const AskedVariant> asked, const PrideOptions& options) {
  const std::set<ItemId> drawn = drawItems(asked.front().predictions, options);
  std::map<ItemId, std::vector<Distribution>> shown;  // shares by position, of drawn items
  for (const AskedVariant& one : asked) {
    const SurveyIndex index(one.variant.survey);
    for (const Prediction& prediction : one.predictions.predictions) {
      if (!drawn.contains(idOf(prediction))) continue;
      const auto& optionAt = one.variant.optionAt[*index.question(prediction.question)];
      shown[idOf(prediction)].push_back(byPlace(prediction.probabilities, optionAt));
    }
  }
  std::map<std::size_t, Distribution> priors;  // sums, by number of options
  for (const auto& [item, shares] : shown) {
    if (shares.size() < 2) continue;
    const Distribution prior = priorOf(shares);
    Distribution& sum = priors[prior.size()];
    sum.resize(prior.size(), 0.0);
    for (std::size_t place = 0; place < prior.size(); ++place) sum[place] += prior[place];
  }
  const Predictions averaged = averagedOverOrders(asked);
  Predictions result = startFrom(
      asked.front().predictions,
      fmt::format("PriDe with the priors of {} items, seed {}", drawn.size(), options.seed));
  for (std::size_t i = 0; i < result.predictions.size(); ++i) {
    Prediction& prediction = result.predictions[i];
    const auto prior = priors.find(prediction.probabilities.size());
    if (drawn.contains(idOf(prediction))) {
      prediction.probabilities = averaged.predictions[i].probabilities;
    } else if (prior != priors.end()) {
      divideAndSum(prediction.probabilities, prior->second);
    }
  }
  return result;
}

Predictions debiasedByContext(const Predictions& original, const Predictions& nothingAsked) {
  Predictions result =
      startFrom(original, "divided by the shares where nothing is asked (contextual calibration)");
  const auto priors = byItem(nothingAsked);
  for (Prediction& prediction : result.predictions) {
    const auto prior = priors.find(idOf(prediction));
    if (prior == priors.end()) {
      throw Error(
          "the answer to the content-free prompt is not known",
          fmt::format("question {}, population {}", prediction.question, prediction.population));
    }
    divideAndSum(prediction.probabilities, prior->second->probabilities);
  }
  return result;
}

}  // namespace canvass
