#include "stats/share_intervals.h"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <cmath>

#include "stats/student.h"

namespace canvass {
namespace {

constexpr double upperTail = 0.975;
constexpr double fewRespondents = 10.0;

double expit(double x) { return 1.0 / (1.0 + std::exp(-x)); }

double betaQuantileOrEnd(double a, double b, double probability) {
  if (a <= 0.0) return 0.0;
  if (b <= 0.0) return 1.0;
  return boost::math::quantile(boost::math::beta_distribution<double>(a, b), probability);
}

// Of the share alone.
double sampleSizeOf(double share, double standardError, double otherwise) {
  const double simple = share * (1.0 - share);
  return standardError > 0.0 && simple > 0.0 ? simple / (standardError * standardError) : otherwise;
}

}  // namespace

const char* nameOf(ShareIntervalMethod method) {
  return method == ShareIntervalMethod::logit ? "logit" : "Korn-Graubard";
}

std::optional<Interval> logitInterval(double share, double standardError, double degrees) {
  if (!(share > 0.0 && share < 1.0 && standardError > 0.0 && degrees >= 1.0)) return std::nullopt;
  const double center = std::log(share / (1.0 - share));
  const double reach =
      studentQuantile(upperTail, degrees) * standardError / (share * (1.0 - share));
  return Interval{expit(center - reach), expit(center + reach)};
}

std::optional<Interval> kornGraubardInterval(double share, double standardError, double respondents,
                                             double effectiveSampleSize, double degrees) {
  if (!(degrees >= 1.0) || !(respondents >= 2.0)) return std::nullopt;
  const double ratio =
      studentQuantile(upperTail, respondents - 1.0) / studentQuantile(upperTail, degrees);
  const double size = sampleSizeOf(share, standardError, effectiveSampleSize) * ratio * ratio;
  const double chosen = size * share;
  const double others = size * (1.0 - share);
  return Interval{betaQuantileOrEnd(chosen, others + 1.0, 1.0 - upperTail),
                  betaQuantileOrEnd(chosen + 1.0, others, upperTail)};
}

std::optional<ShareInterval> shareInterval(double share, double standardError, double respondents,
                                           double effectiveSampleSize, double degrees) {
  const double size = sampleSizeOf(share, standardError, effectiveSampleSize);
  if (size * std::min(share, 1.0 - share) >= fewRespondents) {
    const auto logit = logitInterval(share, standardError, degrees);
    if (logit) return ShareInterval{*logit, ShareIntervalMethod::logit};
  }
  const auto exact =
      kornGraubardInterval(share, standardError, respondents, effectiveSampleSize, degrees);
  if (!exact) return std::nullopt;
  return ShareInterval{*exact, ShareIntervalMethod::kornGraubard};
}

}  // namespace canvass
