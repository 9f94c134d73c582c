#include "estimation/shrinkage.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "base/list_text.h"
#include "estimation/quantiles.h"

namespace canvass {
namespace {

constexpr std::size_t minItems = 10;
constexpr double maxStrength = 1024.0;
constexpr double modelShares[] = {0.98, 0.5, 0.0};
constexpr int steps = 2000;
constexpr double tolerance = 1e-6;  // of the log likelihood, per item
// Components that matter less are left out of an item's posterior.
constexpr double negligible = 1e-4;

std::vector<DirichletPrior> grid(Center center) {
  std::vector<DirichletPrior> components;
  for (const double modelShare : modelShares) {
    if (center == Center::even && modelShare > 0.0) continue;
    for (double strength = 1.0; strength <= maxStrength; strength *= 2.0) {
      components.push_back({strength, modelShare});
    }
  }
  return components;
}

// Likelihoods under each component, divided by the largest of them, with its logarithm.
struct Likelihoods {
  std::vector<double> relative;
  double logLargest = 0.0;
};

Likelihoods likelihoodsOf(const SampledItem& item, const std::vector<DirichletPrior>& components) {
  Likelihoods result;
  for (const DirichletPrior& component : components) {
    result.relative.push_back(logMarginalLikelihood(item, component));
  }
  result.logLargest = std::ranges::max(result.relative);
  for (double& value : result.relative) value = std::exp(value - result.logLargest);
  return result;
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

double logLikelihoodOf(const std::vector<Likelihoods>& items, const std::vector<double>& weights) {
  double sum = 0.0;
  for (const Likelihoods& item : items)
    sum += item.logLargest + std::log(dot(item.relative, weights));
  return sum;
}

std::vector<double> improved(const std::vector<Likelihoods>& items,
                             const std::vector<double>& weights) {
  std::vector<double> next(weights.size(), 0.0);
  for (const Likelihoods& item : items) {
    const double total = dot(item.relative, weights) * static_cast<double>(items.size());
    for (std::size_t j = 0; j < next.size(); ++j) {
      next[j] += weights[j] * item.relative[j] / total;
    }
  }
  return next;
}

// An item's posterior: a mixture of Dirichlet distributions.
struct Posterior {
  std::vector<double> weights;
  std::vector<std::vector<double>> parameters;
  std::vector<double> totals;

  double mean(std::size_t option) const {
    double sum = 0.0;
    for (std::size_t j = 0; j < weights.size(); ++j) {
      sum += weights[j] * parameters[j][option] / totals[j];
    }
    return sum;
  }

  double meanSquare(std::size_t option) const {
    double sum = 0.0;
    for (std::size_t j = 0; j < weights.size(); ++j) {
      const double parameter = parameters[j][option];
      sum += weights[j] * parameter * (parameter + 1.0) / (totals[j] * (totals[j] + 1.0));
    }
    return sum;
  }

  // The marginal distribution of an option's share is a mixture of beta distributions.
  BetaMixture share(std::size_t option) const {
    BetaMixture result;
    for (std::size_t j = 0; j < weights.size(); ++j) {
      const double parameter = parameters[j][option];
      result.push_back({weights[j], parameter, totals[j] - parameter});
    }
    return result;
  }
};

Posterior posteriorOf(const SampledItem& item, const MixturePrior& prior) {
  std::vector<double> weights = likelihoodsOf(item, prior.components).relative;
  for (std::size_t j = 0; j < weights.size(); ++j) weights[j] *= prior.weights[j];
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  Posterior result;
  for (std::size_t j = 0; j < weights.size(); ++j) {
    if (weights[j] < negligible * total) continue;
    result.weights.push_back(weights[j]);
    result.parameters.push_back(prior.components[j].posterior(item));
    result.totals.push_back(prior.components[j].strength + item.respondents);
  }
  result.weights = normalized(std::move(result.weights), "posterior weights");
  return result;
}

}  // namespace

std::vector<double> DirichletPrior::posterior(const SampledItem& item) const {
  const double even = (1.0 - modelShare) / static_cast<double>(item.predicted.size());
  std::vector<double> result;
  for (std::size_t k = 0; k < item.predicted.size(); ++k) {
    result.push_back(strength * (modelShare * item.predicted[k] + even) +
                     item.respondents * item.shares[k]);
  }
  return result;
}

double logMarginalLikelihood(const SampledItem& item, const DirichletPrior& prior) {
  const std::vector<double> after = prior.posterior(item);
  double result = std::lgamma(prior.strength) - std::lgamma(prior.strength + item.respondents);
  for (std::size_t k = 0; k < after.size(); ++k) {
    const double count = item.respondents * item.shares[k];
    if (count > 0.0) result += std::lgamma(after[k]) - std::lgamma(after[k] - count);
  }
  return result;
}

MixturePrior fitPrior(const std::vector<SampledItem>& items, Center center) {
  if (items.size() < minItems) {
    throw Error(fmt::format("{} with respondents and a prediction: too few to distinguish "
                            "the model's errors from chance",
                            counted(items.size(), "item")),
                {}, fmt::format("give {} or more", minItems));
  }
  MixturePrior prior{grid(center), {}};
  std::vector<Likelihoods> likelihoods;
  for (const SampledItem& item : items) {
    likelihoods.push_back(likelihoodsOf(item, prior.components));
  }
  prior.weights = uniformDistribution(prior.components.size());
  prior.logLikelihood = logLikelihoodOf(likelihoods, prior.weights);
  for (int step = 0; step < steps; ++step) {
    prior.weights = improved(likelihoods, prior.weights);
    const double before = prior.logLikelihood;
    prior.logLikelihood = logLikelihoodOf(likelihoods, prior.weights);
    if (prior.logLikelihood - before < tolerance * static_cast<double>(items.size())) break;
  }
  return prior;
}

ShareIntervals shrink(const SampledItem& item, const MixturePrior& prior, double level) {
  const Posterior posterior = posteriorOf(item, prior);
  ShareIntervals result;
  for (std::size_t k = 0; k < item.shares.size(); ++k) {
    const BetaMixture share = posterior.share(k);
    result.estimate.push_back(posterior.mean(k));
    result.lower.push_back(quantile(share, (1.0 - level) / 2.0));
    result.upper.push_back(quantile(share, (1.0 + level) / 2.0));
  }
  return result;
}

double interviewsSaved(const std::vector<SampledItem>& items, const MixturePrior& prior) {
  double ofSample = 0.0;
  double ofPosterior = 0.0;
  double respondents = 0.0;
  for (const SampledItem& item : items) {
    const Posterior posterior = posteriorOf(item, prior);
    for (std::size_t k = 0; k < item.shares.size(); ++k) {
      const double mean = posterior.mean(k);
      const double meanSquare = posterior.meanSquare(k);
      ofSample += (mean - meanSquare) / item.respondents;
      ofPosterior += meanSquare - mean * mean;
    }
    respondents += item.respondents / static_cast<double>(items.size());
  }
  return respondents * (ofSample / ofPosterior - 1.0);
}

}  // namespace canvass
