#pragma once

#include <optional>

#include "stats/crossed_bootstrap.h"

namespace canvass {

// 95% intervals of a share that was estimated from a sample, `degrees` of freedom of its standard
// error (infinity: normal). Formulas and sources are in docs/statistics.md.

enum class ShareIntervalMethod { logit, kornGraubard };

const char* nameOf(ShareIntervalMethod method);  // "logit", "Korn-Graubard"

// expit(logit(p) +- t se / (p (1 - p))): within 0 and 1, as R's svyciprop(method = "xlogit").
// Nothing for a share or an error of 0 or 1, or fewer degrees than 1.
std::optional<Interval> logitInterval(double share, double standardError, double degrees);

// Clopper and Pearson's interval for n_eff respondents, n_eff being corrected for the degrees of
// freedom (Korn & Graubard 1998), as R's svyciprop(method = "beta"). n_eff is that of the share,
// p (1 - p) / se^2; if that is not defined, as for shares of 0 and 1, it is `effectiveSampleSize`.
// Nothing for fewer degrees than 1.
std::optional<Interval> kornGraubardInterval(double share, double standardError, double respondents,
                                             double effectiveSampleSize, double degrees);

struct ShareInterval {
  Interval interval;
  ShareIntervalMethod method;
};

// The logit one, except near 0 and 1, where the normal approximation fails on every scale: if fewer
// than 10 of the share's n_eff respondents chose the option, or fewer than 10 did not, Korn and
// Graubard's.
std::optional<ShareInterval> shareInterval(double share, double standardError, double respondents,
                                           double effectiveSampleSize, double degrees);

}  // namespace canvass
