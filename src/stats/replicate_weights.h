#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace canvass {

// How replicate weights were made.
enum class ReplicateMethod {
  brr,         // balanced repeated replication
  fay,         // the same with perturbed weights: Fay's method
  jackknife1,  // JK1: one unit is left out, without strata
  jackknife2,  // JK2: two units in each stratum, one replicate each
  jackknifeN,  // JKn: one unit is left out of its stratum
  bootstrap,
  successiveDifferences,  // SDR, as the American Community Survey has
};

// "brr", "fay", "jk1", "jk2", "jkn", "bootstrap", "sdr". Nothing for another name.
std::optional<ReplicateMethod> replicateMethod(std::string_view name);

// What replicates are centered at: the estimate from the whole sample (the mean squared error; R's
// mse = TRUE), or their mean.
enum class ReplicateCenter { estimate, mean };

// Variance of a figure: the sum over replicates of factor (replicate's figure - center)^2.
struct ReplicateWeights {
  std::vector<std::vector<double>> weights;  // by replicate, of each respondent, >= 0
  std::vector<double> factors;               // by replicate
  ReplicateCenter center = ReplicateCenter::estimate;
  double degrees = 0.0;  // of freedom; 0: the rank of the replicates less one
};

struct ReplicateScales {
  double rho = 0.0;                  // Fay's: the weights of one half are times rho; below 1
  std::optional<double> scale;       // of all; otherwise the method's own
  std::vector<double> ofReplicates;  // of each; empty: 1
};

// The factors of `count` replicates. The method's own scale, as R's svrepdesign has it: 1 / R of
// brr, 1 / (R (1 - rho)^2) of fay, (R - 1) / R of jk1, 1 of jk2 and jkn, 1 / (R - 1) of bootstrap,
// 4 / R of sdr. Throws Error if there are none, if jkn has no scale of its replicates, and for
// numbers that are not in range.
std::vector<double> replicateFactors(ReplicateMethod method, std::size_t count,
                                     const ReplicateScales& scales);

// The rank of the replicate weights (columns) less one, at least 1: degrees of freedom as R's degf
// counts them.
double replicateDegrees(const std::vector<std::vector<double>>& weights);

}  // namespace canvass
