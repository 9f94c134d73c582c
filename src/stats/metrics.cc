#include "stats/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "base/error.h"

namespace canvass {
namespace {

using Shares = std::span<const double>;

void requireSameOptions(Shares p, Shares q) {
  if (p.empty()) throw Error("a distribution over no options has no metrics");
  if (p.size() != q.size()) {
    throw Error(fmt::format("two distributions over {} and {} options cannot be compared", p.size(),
                            q.size()));
  }
}

// x ln(x / m), 0 for x = 0.
double timesLogRatio(double x, double m) { return x > 0.0 ? x * std::log(x / m) : 0.0; }

// One option's part of JSD(p, q): with m = (p + q) / 2, half of p ln(p/m) + q ln(q/m). If p and q
// are close those two cancel, and the square root would make 1e-8 of a rounding error of 1e-16;
// with d = (p - q) / (p + q) the same is m/2 (ln(1 - d^2) + 2 d artanh d), which is accurate there.
double jsTerm(double p, double q) {
  if (p + q == 0.0) return 0.0;
  const double m = 0.5 * (p + q);
  const double d = (p - q) / (p + q);
  if (std::abs(d) < 0.5) return 0.5 * m * (std::log1p(-d * d) + 2.0 * d * std::atanh(d));
  return 0.5 * (timesLogRatio(p, m) + timesLogRatio(q, m));
}

double jsDivergence(Shares p, Shares q) {
  requireSameOptions(p, q);
  double sum = 0.0;
  for (std::size_t k = 0; k < p.size(); ++k) sum += jsTerm(p[k], q[k]);
  return std::max(sum, 0.0);
}

void requireStrictlyMonotone(Shares values) {
  const bool rises = std::ranges::adjacent_find(values, std::greater_equal<>()) == values.end();
  const bool falls = std::ranges::adjacent_find(values, std::less_equal<>()) == values.end();
  if (rises || falls) return;
  throw Error("the values of the options neither always rise nor always fall", {},
              "list the options in the order of their values, or call the question nominal");
}

// The distance between options k and k + 1 as a share of the whole scale.
std::vector<double> relativeGaps(std::size_t options, Shares values) {
  std::vector<double> gaps(options - 1, 1.0 / static_cast<double>(options - 1));
  if (values.empty()) return gaps;
  if (values.size() != options) {
    throw Error(fmt::format("{} values for {} options", values.size(), options));
  }
  requireStrictlyMonotone(values);
  const double range = values.back() - values.front();
  for (std::size_t k = 0; k < gaps.size(); ++k) gaps[k] = (values[k + 1] - values[k]) / range;
  return gaps;
}

std::vector<double> sorted(Shares shares) {
  std::vector<double> result(shares.begin(), shares.end());
  std::ranges::sort(result);
  return result;
}

double sumOfDifferences(Shares p, Shares q) {
  double sum = 0.0;
  for (std::size_t k = 0; k < p.size(); ++k) sum += std::abs(p[k] - q[k]);
  return sum;
}

}  // namespace

double jsDistance(Shares p, Shares q) { return std::sqrt(jsDivergence(p, q)); }

double jsSimilarity(Shares p, Shares q) { return 1.0 - jsDistance(p, q); }

double jsDivergenceBits(Shares p, Shares q) { return jsDivergence(p, q) / std::numbers::ln2; }

double emd(Shares p, Shares q, Shares values) {
  requireSameOptions(p, q);
  if (p.size() < 2) throw Error("a single option has no order to measure a distance along");
  const std::vector<double> gaps = relativeGaps(p.size(), values);
  double surplus = 0.0;  // CDF_p - CDF_q: what must move past this gap
  double work = 0.0;
  for (std::size_t k = 0; k < gaps.size(); ++k) {
    surplus += p[k] - q[k];
    work += std::abs(surplus) * gaps[k];
  }
  return work;
}

double emdLegacy(Shares p, Shares q) {
  requireSameOptions(p, q);
  return sumOfDifferences(sorted(p), sorted(q)) / static_cast<double>(p.size());
}

double tvd(Shares p, Shares q) {
  requireSameOptions(p, q);
  return 0.5 * sumOfDifferences(p, q);
}

double kl(Shares p, Shares q) {
  requireSameOptions(p, q);
  double sum = 0.0;
  for (std::size_t k = 0; k < p.size(); ++k) {
    if (p[k] == 0.0) continue;
    if (q[k] == 0.0) return std::numeric_limits<double>::infinity();
    sum += p[k] * std::log(p[k] / q[k]);
  }
  return std::max(sum, 0.0);
}

double entropy(Shares p) {
  requireSameOptions(p, p);
  double sum = 0.0;
  for (const double share : p) {
    if (share > 0.0) sum -= share * std::log(share);
  }
  return std::max(sum, 0.0);
}

double entropyError(Shares p, Shares q) {
  requireSameOptions(p, q);
  return std::abs(entropy(q) - entropy(p));
}

double rankAgreement(Shares p, Shares q, double tolerance) {
  requireSameOptions(p, q);
  for (std::size_t i = 0; i < p.size(); ++i) {
    for (std::size_t j = 0; j < p.size(); ++j) {
      if (p[i] - p[j] > tolerance && !(q[i] - q[j] > tolerance)) return 0.0;
    }
  }
  return 1.0;
}

double topAgreement(Shares p, Shares q, double tolerance) {
  requireSameOptions(p, q);
  const double pTop = std::ranges::max(p) - tolerance;
  const double qTop = std::ranges::max(q) - tolerance;
  int chosen = 0;
  int right = 0;
  for (std::size_t k = 0; k < p.size(); ++k) {
    if (q[k] < qTop) continue;
    ++chosen;
    if (p[k] >= pTop) ++right;
  }
  return static_cast<double>(right) / chosen;
}

}  // namespace canvass
