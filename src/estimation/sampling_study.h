#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

// Do the intervals have the coverage they promise, and is anything lost compared with the sample
// alone? Small samples are drawn again and again from an observed survey, whose shares are taken as
// the truth.

struct SamplingStudyOptions {
  std::size_t simulations = 500;
  std::uint64_t respondents = 50;  // drawn for each item; at least 2
  std::size_t populations = 10;    // drawn for each question; at least 2
  std::uint64_t seed = 0;
};

// Of one kind of estimate, over all simulated surveys and options. Errors are squared, summed over
// options and averaged over what is estimated.
struct EstimateFigures {
  double coverage = 0.0;        // share of the 95% intervals that contain the truth
  double sampleCoverage = 0.0;  // the same for the sample alone
  double error = 0.0;           // mean squared error
  double sampleError = 0.0;     // of the sample alone
  double modelError = 0.0;      // of the predictions alone
  std::size_t estimated = 0;    // items, or questions, over all simulations
  double lowestCoverage = 1.0;  // of the simulated surveys
  double highestCoverage = 0.0;

  // With this many times as many interviews (populations) the sample alone would do as well.
  double gain() const { return sampleError / error; }
};

struct SamplingStudy {
  EstimateFigures shrunk;         // items
  EstimateFigures shrunkAtWorst;  // the tenth of items that the model predicts worst
  EstimateFigures rectified;      // means of questions over populations
  // What the fitted priors say an item saves in interviews, and by the model: to compare with
  // respondents x (shrunk.gain() - 1), which is what it does save.
  double claimedInterviews = 0.0;
  double claimedByModel = 0.0;
  double meanWeight = 0.0;  // of the predictions in rectified means
};

// `step` is called after each simulated survey with how many are done. Throws Error if no question
// of the survey has predictions for 2 populations or more.
SamplingStudy simulateSampling(const Survey& observed, const Predictions& predictions,
                               const SamplingStudyOptions& options,
                               const std::function<void(std::size_t)>& step = {});

}  // namespace canvass
