#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "evaluation/run_comparison.h"
#include "stats/crossed_bootstrap.h"
#include "survey/survey.h"

namespace canvass {

// Several runs (configurations: models, templates, readings) by several criteria: does the best by
// one of them lose by another? A run that is chosen by a mean can be poor at associations (Cummins
// 2025).

struct SpecifiedRun {
  std::string name;
  bool isBaseline = false;
  PredictionSource source;
};

// How good each run is by one criterion.
struct CriterionCurve {
  std::string id;  // a metric's or a diagnostic's
  std::string title;
  std::string ideal;  // "higher", "lower" or "1": which figures are better
  // By run; nothing if the figure does not exist for it.
  std::vector<std::optional<double>> values;
  std::vector<std::optional<Interval>> intervals;
  std::vector<std::optional<double>>
      ranks;  // from 1, the best; equal ones share the mean of theirs
};

struct SpecificationCurve {
  std::vector<SpecifiedRun> runs;  // the best by the first criterion first
  std::vector<CriterionCurve> criteria;
  // Spearman's, of every two criteria over the runs that have both; nothing for fewer than three
  // runs, or if all are alike by one.
  std::vector<std::vector<std::optional<double>>> rankCorrelations;
  std::size_t items = 0;  // that all runs have
};

// Of the items, runs and baselines that compareRuns compares, which throws the same errors. The
// first criterion is the metric of the options. `respondents`: assumed for items of which nothing
// is known.
SpecificationCurve specificationCurve(const Survey& observed,
                                      const std::vector<NamedPredictions>& runs,
                                      const Survey* training, const RunComparisonOptions& options,
                                      std::optional<double> respondents = std::nullopt);

}  // namespace canvass
