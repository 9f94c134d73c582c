#pragma once

#include <vector>

#include "survey/distribution.h"

namespace canvass {

// Shrinkage: what a few respondents of an item say, drawn towards a model's prediction as far as
// the sampled items show that the model can be trusted (empirical Bayes).

// The respondents of one item and the prediction for it, over the same options.
struct SampledItem {
  Distribution shares;       // of the respondents
  double respondents = 0.0;  // effective number, above 0; need not be whole
  Distribution predicted;
};

// The true shares of an item are a draw from Dirichlet(strength x center), the center being
// modelShare x predicted + (1 - modelShare) x uniform: as if `strength` respondents had been
// interviewed already, of whom the share `modelShare` answered as the model says and the rest
// evenly.
struct DirichletPrior {
  double strength = 1.0;    // respondents, above 0
  double modelShare = 0.0;  // 0 to below 1, so that no option is impossible

  // Of the Dirichlet distribution of the item's true shares once its respondents are known.
  std::vector<double> posterior(const SampledItem& item) const;
};

// Log of the marginal likelihood of an item's respondents (Dirichlet-multinomial, Mosimann 1962),
// without the multinomial coefficient, which is the same for every prior.
double logMarginalLikelihood(const SampledItem& item, const DirichletPrior& prior);

// The model predicts some items well and some badly: a mixture of priors lets an item's own
// respondents say which it is, so that a prediction that they contradict counts for little
// (Schmidli et al. 2014).
struct MixturePrior {
  std::vector<DirichletPrior> components;
  std::vector<double> weights;  // of each, summing to 1
  double logLikelihood = 0.0;   // of the items it was fitted on
};

enum class Center { model, even };

// The weights that maximize the marginal likelihood over a fixed grid of components: strengths of
// 1, 2, 4 ... 1,024 around the model (0.98 of it), halfway and even; with Center::even around the
// latter only, as if there were no model. The likelihood is concave in the weights, which are found
// by expectation and maximization (Kiefer & Wolfowitz 1956; Stephens 2017, False discovery rates: a
// new deal). Throws Error if there are fewer than 10 items: too few to distinguish a model's errors
// from chance.
MixturePrior fitPrior(const std::vector<SampledItem>& items, Center center = Center::model);

// Estimates with a separate interval for each option.
struct ShareIntervals {
  Distribution estimate;
  std::vector<double> lower;
  std::vector<double> upper;
};

// Posterior means and equal-tailed credible intervals. `level`: 0.95 for intervals that hold 95%
// of the posterior.
ShareIntervals shrink(const SampledItem& item, const MixturePrior& prior, double level = 0.95);

// How many more respondents of each item would have estimated as well without the prior, on average
// over the items and as far as the prior is right: from the sampling variance that is expected of
// the sample's shares and the posterior's own, both summed over options.
double interviewsSaved(const std::vector<SampledItem>& items, const MixturePrior& prior);

}  // namespace canvass
