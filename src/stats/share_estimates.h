#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "stats/cell_means.h"
#include "stats/covariance_sum.h"
#include "stats/design_units.h"
#include "stats/sample_design.h"
#include "survey/distribution.h"

namespace canvass {

// How a domain (a population, or whoever answered a question) answers, and its precision under the
// design. Formulas and sources are in docs/statistics.md.
struct ShareEstimates {
  Distribution shares;                 // weighted
  std::vector<double> standardErrors;  // of each share
  std::size_t respondents = 0;         // n: in the domain with a valid answer and positive weight
  double effectiveSampleSize = 0.0;    // n_eff, from 1 to n
  double weightingEffect = 1.0;        // Kish: n sum w^2 / (sum w)^2
  double degrees = 0.0;  // of freedom: the domain's primary sampling units less its strata
  // Of the options' values, if they were given.
  std::optional<double> mean = std::nullopt;
  std::optional<double> meanStandardError = std::nullopt;
};

// A design prepared for many estimates: it counts the sampling units of each stratum once. Clusters
// are nested in strata: one number in two strata means two units.
//
// Standard errors are linearized (Taylor), or come from the design's replicate weights if it has
// them.
//
// The whole design stays part of every estimate: respondents outside the domain, or with weight 0,
// count among the units of their stratum and contribute zeros. A stratum that the design gives only
// one unit has no variation of its own; its unit is centered at the mean of all, which overstates
// the variance. A stratum of several units of which one is in the domain is not such a stratum.
class PreparedDesign {
 public:
  // O(n log n). Throws Error, naming the respondent (counted from 1), if a weight is negative or
  // not finite, and as unitsOf does.
  explicit PreparedDesign(SampleDesign design);

  std::size_t respondents() const { return design_.weights.size(); }

  // `domain`: indices of respondents, each once, in any order; all others are outside. answers[i]:
  // the option's index of respondent i of the survey, or -1 if there is none (not asked, missing);
  // read for the domain only. `values`: of the options, for the mean; empty: none. O(d log d) for a
  // domain of d respondents, O(d) if it lists them in the order of their units: tabulating all
  // questions of populations that share no respondent costs one pass per question; times the number
  // of replicates. Nothing if nobody in the domain answered.
  std::optional<ShareEstimates> estimate(std::span<const std::uint32_t> domain,
                                         std::span<const std::int16_t> answers, std::size_t options,
                                         std::span<const double> values = {}) const;

  // Figures of a table and their covariances, which join all that share strata or units. cells[i]:
  // the cell of respondent i, or -1 if there is none. Every group must have weight.
  CellEstimates estimateCells(std::span<const std::uint32_t> domain,
                              std::span<const std::int16_t> cells,
                              const CellFigures& figures) const;

 private:
  // Someone in the domain who gave a valid answer and has a positive weight.
  struct Member {
    std::uint32_t unit;  // of the last stage
    std::uint32_t respondent;
    std::size_t cell;
    double weight;
  };
  using Members = std::vector<Member>;

  // In the order of their units.
  Members membersOf(std::span<const std::uint32_t> domain, std::span<const std::int16_t> cells,
                    std::size_t count) const;
  // By the figures' cells, from their totals of weights in all members.
  CovarianceSum spreadOf(const Members& members, const CellFigures& figures,
                         const std::vector<double>& totals, CovarianceSum::Of what) const;
  CovarianceSum replicateSpread(const Members& members, const CellFigures& figures,
                                const std::vector<double>& totals, CovarianceSum::Of what) const;
  void addStage(const UnitsOfStage& stage, const Members& members, const CellFigures& figures,
                const std::vector<double>& totals, CovarianceSum& sum) const;
  double degreesOf(const Members& members) const;

  SampleDesign design_;
  std::vector<UnitsOfStage> stages_;
  double replicateDegrees_ = 0.0;
};

// The standard error of a share in a simple random sample of the effective size, sqrt(p (1 - p) /
// n_eff): all that a share and its n_eff alone can tell. 0 for a share of 0 or 1, which says
// nothing.
double standardErrorOf(double share, double effectiveSampleSize);

}  // namespace canvass
