#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "baselines/baselines.h"
#include "evaluation/evaluation.h"
#include "predictions/named_predictions.h"
#include "stats/crossed_bootstrap.h"
#include "survey/survey.h"

namespace canvass {

// Several runs (predictions of models, templates, adapters, baselines) on the same items, and which
// of their differences are more than noise. Definitions and limits are in docs/comparing.md.

struct RunComparisonOptions {
  std::string metric = "js_similarity";
  BootstrapOptions bootstrap = {};
  std::size_t neighbors = usualNeighbors;  // that the nearest-populations baseline averages
};

// A mean over items, with its 95% interval if there is one.
struct MeanEstimate {
  double mean = 0.0;
  std::optional<Interval> interval;
};

struct ComparedRun {
  std::string name;
  bool isBaseline = false;
  PredictionSource source;
  std::size_t items = 0;         // that it has, before those missing from other runs were left out
  std::size_t lacking = 0;       // items that another run has and this one does not
  std::size_t strays = 0;        // predictions of what the survey does not have
  std::vector<Skipped> skipped;  // all that its own evaluation leaves out, and why
  MetricMeans metrics;           // over the items compared
  MeanEstimate figure;           // of the metric that ranks
  bool maybeBest = true;         // with 95% confidence the best is among those that may be
};

// Two runs: how far apart their figures are, and how often and how far they disagree with each
// other, whatever people answered.
struct RunPair {
  std::size_t first = 0;  // indices of the runs; the first ranks higher
  std::size_t second = 0;
  MeanEstimate difference;               // the first's figure minus the second's; its own interval
  std::optional<Interval> simultaneous;  // with 95% those of all pairs hold
  std::optional<double> p;               // that it is 0: alone, and adjusted for all pairs; nothing
  std::optional<double> adjustedP;       // if neither questions nor populations vary
  MeanEstimate otherTop;                 // share of items on which their top options differ
  MeanEstimate totalVariation;           // mean between their predictions

  bool isDistinguishable() const;
};

struct AbsentRun {
  std::string name;
  std::string reason;
};

struct RunComparison {
  std::size_t metric = 0;         // index in itemMetrics()
  std::size_t items = 0;          // that every run has
  std::size_t scored = 0;         // of these, with the metric
  std::vector<ComparedRun> runs;  // the best first; equal ones in the order given
  std::vector<RunPair> pairs;     // (0, 1), (0, 2), ... (1, 2), ...
  // The largest sets of runs of which no two differ significantly, in the order of the runs.
  std::vector<std::vector<std::size_t>> groups;
  // By how much the best one's figure is too good because it was chosen; in the metric's units, not
  // negative. Nothing for a single run, or if it cannot be determined.
  std::optional<double> optimism;
  std::vector<AbsentRun> absent;  // not compared, and why
  BootstrapOptions bootstrap;
  std::size_t questions = 0;  // that were resampled
  std::size_t populations = 0;
};

// The share of items on which a random choice among p's top options is none of q's, or the other
// way round, averaged over both: 0 or 1 without ties, which topAgreement's tolerance decides.
double topDisagreement(const Distribution& p, const Distribution& q);

// `training`: may be null; with it the baselines are compared too. The items are those that all
// runs given have. A baseline that has no prediction for more than one in twenty of them is absent,
// and so is a run whose mean is infinite; items missing from the others are left out for all.
// Throws Error if two runs have one name, if a run has no item of the survey, if no item is common
// to all, if no run is left, if no item has the metric, and for an unknown metric.
RunComparison compareRuns(const Survey& observed, const std::vector<NamedPredictions>& runs,
                          const Survey* training, const RunComparisonOptions& options = {});

}  // namespace canvass
