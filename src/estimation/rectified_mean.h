#pragma once

#include <cstddef>
#include <vector>

#include "estimation/shrinkage.h"
#include "survey/distribution.h"

namespace canvass {

// Prediction-powered inference (Angelopoulos et al. 2023, Science 382; PPI++, arXiv 2311.01453) for
// the mean of a question over populations, some of which were interviewed; to survey statisticians,
// a difference estimator with a tuned slope (Saerndal, Swensson & Wretman 1992, chapter 6) in two
// stages. All populations have a prediction; a simple random sample of them has respondents.
//
//   estimate = mean of the sampled shares over the L interviewed populations
//            + weight x (mean prediction over all N - mean prediction over the L)
//
// It is unbiased whatever the predictions are: they only change how much it varies.

struct InterviewedPopulation {
  std::size_t population;  // index into the predictions
  Distribution shares;
  double respondents;  // effective number, above 1
};

struct RectifiedMean {
  ShareIntervals mean;    // rectified
  ShareIntervals sample;  // the interviewed populations alone: weight 0
  double weight = 0.0;    // of the predictions, 0 to 1; 0 if they do not help
  // The ratio of the sample's variance, summed over options, to the rectified one's: with
  // interviews alone, that many times as many populations would be needed. At least 1.
  double gain = 1.0;
};

// The weight is that of PPI++ (its trace over options), within 0 to 1: cov(sampled, predicted) /
// var(predicted) over the L. It is 0 for fewer than 5 populations, and if it would not reduce the
// estimated variance. Variances are those of two-stage sampling: (1 - L/N) s2 / L for the choice of
// populations, s2 of what the predictions leave, with L - 2 degrees of freedom if a weight was
// fitted, and (1/N) times the mean sampling variance for that of respondents. Intervals take
// Student's t by Satterthwaite's degrees of freedom. Throws Error if fewer than 2 populations were
// interviewed, or one of fewer than 2 respondents.
RectifiedMean rectifyMean(const std::vector<Distribution>& predicted,
                          const std::vector<InterviewedPopulation>& interviewed,
                          double level = 0.95);

}  // namespace canvass
