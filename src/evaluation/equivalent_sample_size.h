#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "evaluation/evaluation.h"
#include "evaluation/sample_scores.h"
#include "survey/survey.h"

namespace canvass {

// How many real respondents would estimate as well as a prediction does.
struct EquivalentSampleSize {
  enum class Kind {
    found,      // samples of `respondents` score the same
    fewer,      // even samples of `respondents`, 1, score better
    more,       // even samples of `respondents`, the most that were tried, score worse
    undefined,  // there is no such size: `reason` says why
  };
  Kind kind = Kind::undefined;
  double respondents = 0.0;
  std::size_t items = 0;  // whose mean figures are compared
  std::string reason;
};

struct EquivalentSampleSizeOptions {
  std::uint64_t most = 1'000'000;  // respondents
  // Random samples over all items, for each size tried; few enough for a search to take seconds.
  std::size_t draws = 50'000;
  std::uint64_t seed = 0;
};

// What samples of the observed distributions of some items score by one metric (its index in
// itemMetrics()), by their size. It needs no predictions, so one curve serves every predictor of
// the same items; what is computed once is kept. `observed` must outlive it.
class SampleCurve {
 public:
  // `items`: indices of the observed items.
  SampleCurve(const Survey& observed, std::vector<std::size_t> items, std::size_t metric,
              const EquivalentSampleSizeOptions& options = {});

  // The size of samples whose mean score over the items is `figure`. It need not be whole: between
  // two sizes that were tried, scores are taken to be linear in 1 / sqrt(n). The size is doubled
  // until samples score as well, then bisected. Definition and limits are in docs/metrics.md.
  EquivalentSampleSize sizeScoring(double figure);

  // What samples of `respondents` (at least 1) score, by item, between whole sizes as above; not a
  // number if the metric does not apply.
  std::vector<double> itemScores(double respondents);

  const std::vector<std::size_t>& items() const { return items_; }

 private:
  struct Scores {
    std::vector<double> byItem;
    double mean = 0.0;  // turned so that higher is better, as all figures below
    double standardError = 0.0;
  };
  const Scores& at(std::uint64_t respondents);
  Scores compute(std::uint64_t respondents) const;
  EquivalentSampleSize search(double figure);
  double bisected(double figure, std::uint64_t smaller, std::uint64_t larger);
  double interpolated(double figure, std::uint64_t smaller, std::uint64_t larger);
  double sign() const;

  const Survey& survey_;
  std::vector<std::size_t> items_;
  std::size_t metric_;
  std::size_t counted_ = 0;  // items that have the metric
  EquivalentSampleSizeOptions options_;
  SamplingEffort effort_;
  std::map<std::uint64_t, Scores> scores_;
};

}  // namespace canvass
