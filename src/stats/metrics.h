#pragma once

#include <span>

namespace canvass {

// Figures that compare an observed distribution p with a predicted one q over the same K options,
// in the same order. All logarithms are natural unless a name says bits; 0 ln 0 is 0. Both must sum
// to 1: that is the caller's duty. Different lengths, or no options at all, are an Error. Formulas,
// ranges and sources are in docs/metrics.md.

// sqrt(JSD(p, q)), natural log, in [0, sqrt(ln 2)]. Endres & Schindelin 2003.
double jsDistance(std::span<const double> p, std::span<const double> q);
// 1 - jsDistance: the "1-JSD" of arXiv 2502.07068, in [1 - sqrt(ln 2), 1] = [0.167, 1].
double jsSimilarity(std::span<const double> p, std::span<const double> q);
// JSD in base 2, in [0, 1]. Lin 1991.
double jsDivergenceBits(std::span<const double> p, std::span<const double> q);

// Earth mover's distance over ordered options: sum |CDF_p - CDF_q| x gap / (max - min), in [0, 1].
// Without `values` the options are equally spaced. With them each option is at its value; they
// must strictly rise or strictly fall, or it is an Error.
double emd(std::span<const double> p, std::span<const double> q,
           std::span<const double> values = {});
// mean |sort(p) - sort(q)|. Equals scipy.stats.wasserstein_distance(p, q), which takes the
// probabilities as values and so does not see which option has which: a reversed distribution
// scores 0. Legacy: only for comparison with figures published that way.
double emdLegacy(std::span<const double> p, std::span<const double> q);

// Total variation distance, half the sum of |p - q|, in [0, 1]. DistCE of Baan et al. 2022.
double tvd(std::span<const double> p, std::span<const double> q);
// Kullback-Leibler divergence sum p ln(p/q), in [0, infinity]; infinite if q = 0 < p.
double kl(std::span<const double> p, std::span<const double> q);

// -sum p ln p in nats, in [0, ln K].
double entropy(std::span<const double> p);
// |H(q) - H(p)| in nats, in [0, ln K]. EntCE of Baan et al. 2022, without its sign.
double entropyError(std::span<const double> p, std::span<const double> q);

// Probabilities that differ by no more than this are tied. Large enough for the rounding of
// arithmetic only: real differences of a survey are never called ties.
inline constexpr double tieTolerance = 1e-9;

// 1 if q ranks the options as p does, else 0. RankCS of Baan et al. 2022. Options tied in p may be
// in any order in q; options that p orders must not be tied in q, so that a uniform prediction
// cannot win.
double rankAgreement(std::span<const double> p, std::span<const double> q,
                     double tolerance = tieTolerance);

// The share of q's top options that are top options of p: 1 or 0 without ties. With ties it is
// what a random choice among q's top options would score; either top option of p counts.
double topAgreement(std::span<const double> p, std::span<const double> q,
                    double tolerance = tieTolerance);

}  // namespace canvass
