#include "pooling/pool.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "pooling/logarithmic_fit.h"

namespace canvass {
namespace {

constexpr int linearSteps = 10'000;
constexpr double linearTolerance = 1e-10;

Distribution mix(const std::vector<double>& weights, const std::vector<Distribution>& predicted) {
  Distribution mixture(predicted.front().size(), 0.0);
  for (std::size_t m = 0; m < weights.size(); ++m) {
    for (std::size_t k = 0; k < mixture.size(); ++k) mixture[k] += weights[m] * predicted[m][k];
  }
  return mixture;
}

// By predictor, the share of the observed answers that the mixture ascribes to it.
std::vector<double> responsibilities(const std::vector<double>& weights,
                                     const std::vector<PoolItem>& items) {
  std::vector<double> result(weights.size(), 0.0);
  for (const PoolItem& item : items) {
    const Distribution mixture = mix(weights, item.predicted);
    for (std::size_t k = 0; k < mixture.size(); ++k) {
      if (mixture[k] <= 0.0) continue;  // no weights could help
      for (std::size_t m = 0; m < weights.size(); ++m) {
        result[m] += item.observed[k] * weights[m] * item.predicted[m][k] / mixture[k];
      }
    }
  }
  return result;
}

std::vector<double> fitLinear(const std::vector<PoolItem>& items) {
  std::vector<double> weights = uniformDistribution(items.front().predicted.size());
  for (int step = 0; step < linearSteps; ++step) {
    const std::vector<double> next = normalized(responsibilities(weights, items), "pool weights");
    double change = 0.0;
    for (std::size_t m = 0; m < next.size(); ++m) {
      change = std::max(change, std::abs(next[m] - weights[m]));
    }
    weights = next;
    if (change < linearTolerance) break;
  }
  return weights;
}

}  // namespace

const char* poolName(PoolKind kind) { return kind == PoolKind::linear ? "linear" : "logarithmic"; }

Distribution poolDistributions(const Pool& pool, const std::vector<Distribution>& predicted) {
  return normalized(pool.kind == PoolKind::linear ? mix(pool.weights, predicted)
                                                  : logarithmicPool(pool.weights, predicted),
                    "pooled prediction");
}

Pool fitPool(PoolKind kind, const std::vector<PoolItem>& items) {
  if (items.empty() || items.front().predicted.empty()) {
    throw Error("there is nothing to fit weights on", {},
                "give validation items that all predictors have predicted");
  }
  return {kind, kind == PoolKind::linear ? fitLinear(items) : fitLogarithmic(items)};
}

}  // namespace canvass
