#pragma once

#include <vector>

namespace canvass {

// Quantiles of distributions, `probability` above 0 and below 1.

// Of Beta(a, b), both above 0.
double betaQuantile(double a, double b, double probability);

struct BetaPart {
  double weight;
  double a;
  double b;
};
using BetaMixture = std::vector<BetaPart>;  // at least one part, the weights summing to 1

double quantile(const BetaMixture& mixture, double probability);

}  // namespace canvass
