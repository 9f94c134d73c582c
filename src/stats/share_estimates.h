#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "survey/distribution.h"

namespace canvass {

// How respondents came into a survey. The order of respondents is the same in all of it.
struct SampleDesign {
  std::vector<double> weights;          // of each respondent, >= 0
  std::vector<std::uint32_t> strata;    // of each respondent; empty: one stratum
  std::vector<std::uint32_t> clusters;  // primary sampling units, numbered within or across strata;
                                        // empty: each respondent is one
};

// How a domain (a population, or whoever answered a question) answers, and its precision under the
// design. Formulas and sources are in docs/statistics.md.
struct ShareEstimates {
  Distribution shares;                 // weighted
  std::vector<double> standardErrors;  // linearized (Taylor), of each share
  std::size_t respondents = 0;         // n: in the domain with a valid answer and positive weight
  double effectiveSampleSize = 0.0;    // n_eff, from 1 to n
  double weightingEffect = 1.0;        // Kish: n sum w^2 / (sum w)^2
};

// A design prepared for many estimates: it counts the primary sampling units of each stratum once.
// Clusters are nested in strata: one number in two strata means two units.
//
// The whole design stays part of every estimate: respondents outside the domain, or with weight 0,
// count among the units of their stratum and contribute zeros. A stratum that the design gives only
// one unit has no variation of its own; its unit is centered at the mean of all, which overstates
// the variance. A stratum of several units of which one is in the domain is not such a stratum.
class PreparedDesign {
 public:
  // O(n log n). Throws Error, naming the respondent (counted from 1), if a weight is negative or
  // not finite, and if the lengths differ.
  explicit PreparedDesign(const SampleDesign& design);

  std::size_t respondents() const { return weights_.size(); }

  // `domain`: indices of respondents, each once, in any order; all others are outside. answers[i]:
  // the option's index of respondent i of the survey, or -1 if there is none (not asked, missing);
  // read for the domain only. O(d log d) for a domain of d respondents, O(d) if it lists them in
  // the order of their units: tabulating all questions of populations that share no respondent
  // costs one pass per question. Nothing if nobody in the domain answered.
  std::optional<ShareEstimates> estimate(std::span<const std::uint32_t> domain,
                                         std::span<const std::int16_t> answers,
                                         std::size_t options) const;

 private:
  // Someone in the domain who gave a valid answer and has a positive weight.
  struct Member {
    std::uint32_t unit;
    std::uint32_t respondent;
    std::size_t answer;
    double weight;
  };

  // In the order of their units.
  std::vector<Member> membersOf(std::span<const std::uint32_t> domain,
                                std::span<const std::int16_t> answers, std::size_t options) const;
  // Of the domain's shares; `weight`: the sum of its members'.
  std::vector<double> variancesOf(const std::vector<Member>& members, const Distribution& shares,
                                  double weight) const;

  bool simple_;  // neither strata nor clusters
  std::vector<double> weights_;
  std::vector<std::uint32_t> unitOf_;          // by respondent; units are numbered along the strata
  std::vector<std::uint32_t> stratumOf_;       // by unit
  std::vector<std::uint32_t> unitsInStratum_;  // by stratum
};

// The standard error of a share in a simple random sample of the effective size, sqrt(p (1 - p) /
// n_eff): all that a share and its n_eff alone can tell. 0 for a share of 0 or 1, which says
// nothing.
double standardErrorOf(double share, double effectiveSampleSize);

}  // namespace canvass
