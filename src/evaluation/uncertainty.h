#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evaluation/compared_evaluation.h"
#include "stats/crossed_bootstrap.h"

namespace canvass {

// How much of what an evaluation says may be chance. Every vector of intervals follows
// itemMetrics(), with nothing if there is no interval (CrossedBootstrap says when). Method and
// limits are in docs/metrics.md.

using Intervals = std::vector<std::optional<Interval>>;

// The figure of one predictor minus that of another, over the items that both have.
struct PairedDifference {
  double difference = 0.0;
  std::size_t items = 0;
  std::optional<Interval> interval;

  // Whether chance alone explains it; also true if that cannot be determined.
  bool isNoise() const { return !interval || interval->contains(0.0); }
};

struct Differences {
  std::string from;  // the other predictor: a baseline's id, a run's ComparedEvaluation::name
  // By itemMetrics(); nothing if either figure is infinite or over no common item.
  std::vector<std::optional<PairedDifference>> metrics;
};

// The ends of an interval for an equivalent sample size: sizes, or what else was found there.
struct SizeInterval {
  EquivalentSampleSize low;
  EquivalentSampleSize high;
};

struct Uncertainty {
  BootstrapOptions bootstrap;
  std::size_t questions = 0;  // that were resampled, over all runs
  std::size_t populations = 0;
  Intervals metrics;
  std::vector<Intervals> byTopic;  // in the order of Evaluation::byTopic
  std::vector<Intervals> byPopulation;
  std::vector<Differences> fromBaselines;  // in the order of ComparedEvaluation::baselines
  std::vector<Differences> fromRuns;       // the other runs, in their order
  Intervals achieved;                      // empty without a noise ceiling
  std::vector<std::optional<SizeInterval>> equivalents;  // empty, or by itemMetrics()
};

// For each run, all from the same resamples of questions and populations of all runs' items; groups
// are resampled among themselves.
std::vector<Uncertainty> uncertaintyOf(const Survey& observed,
                                       std::span<const ComparedEvaluation> runs,
                                       const BootstrapOptions& options = {});

// The interval of an equivalent sample size that was found: the sizes whose mean scores are as far
// from the figure as the paired difference of figure and samples may be by chance. Samples and
// prediction are compared on the same items, so that the difficulty of an item cancels out.
std::optional<SizeInterval> equivalentSizeInterval(const Survey& observed,
                                                   const Evaluation& evaluation, std::size_t metric,
                                                   SampleCurve& curve,
                                                   const EquivalentSampleSize& found,
                                                   const BootstrapOptions& options = {});

}  // namespace canvass
