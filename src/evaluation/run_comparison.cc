#include "evaluation/run_comparison.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "evaluation/run_candidates.h"
#include "stats/best_of_many.h"
#include "stats/metrics.h"
#include "stats/multiple_comparisons.h"
#include "survey/shared_respondents.h"

namespace canvass {
namespace {

ItemColumn columnOf(const Evaluation& evaluation, std::size_t metric) {
  ItemColumn column;
  for (const ItemScores& scores : evaluation.items) {
    column.push_back(scores.scores[metric].value_or(std::numeric_limits<double>::quiet_NaN()));
  }
  return column;
}

// If lower is better, of the negated figure, so that higher is better throughout.
Interval turned(const Interval& interval, double sign) {
  return sign > 0.0 ? interval : Interval{-interval.high, -interval.low};
}

ItemColumn betweenPredictions(const RunCandidate& a, const RunCandidate& b,
                              double (*distance)(const Distribution&, const Distribution&)) {
  ItemColumn column;
  for (std::size_t i = 0; i < a.evaluation.items.size(); ++i) {
    column.push_back(distance(a.evaluation.items[i].predicted, b.evaluation.items[i].predicted));
  }
  return column;
}

double variationBetween(const Distribution& p, const Distribution& q) { return tvd(p, q); }

class Comparer {
 public:
  Comparer(const Survey& observed, const std::vector<RunCandidate>& candidates,
           RunComparison& comparison)
      : candidates_(candidates),
        comparison_(comparison),
        bootstrap_(crossingsOf(observed, candidates.front().evaluation), comparison.bootstrap) {
    comparison.questions = bootstrap_.questions();
    comparison.populations = bootstrap_.populations();
    sign_ = itemMetrics()[comparison.metric].better == Better::higher ? 1.0 : -1.0;
    for (const RunCandidate& one : candidates) {
      columns_.push_back(columnOf(one.evaluation, comparison.metric));
      for (double& score : columns_.back()) score *= sign_;
    }
  }

  void compare() {
    addFigures();
    addPairs();
    addDisagreements();
    addGroups();
    addOptimism();
  }

 private:
  static std::vector<Crossing> crossingsOf(const Survey& observed, const Evaluation& evaluation) {
    const std::vector<std::size_t> families = familiesOf(observed);
    std::vector<Crossing> crossings;
    for (const ItemScores& scores : evaluation.items) {
      const Item& item = observed.items[scores.item];
      crossings.push_back({item.question, families[item.population]});
    }
    return crossings;
  }

  void addFigures() {
    const auto intervals = bootstrap_.meanIntervals(columns_);
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      ComparedRun run = candidates_[i].run;
      if (intervals[i]) run.figure.interval = turned(*intervals[i], sign_);
      comparison_.runs.push_back(std::move(run));
    }
  }

  void addPairs() {
    for (std::size_t a = 0; a < columns_.size(); ++a) {
      for (std::size_t b = a + 1; b < columns_.size(); ++b) {
        RunPair& pair = comparison_.pairs.emplace_back();
        pair.first = a;
        pair.second = b;
        pair.difference.mean = comparison_.runs[a].figure.mean - comparison_.runs[b].figure.mean;
      }
    }
    const auto resampled = pairedResamples(bootstrap_, columns_);
    if (resampled.empty()) return;
    const auto simultaneous = simultaneousIntervals(resampled);
    const auto single = singleProbabilities(resampled);
    const auto adjusted = adjustedProbabilities(resampled);
    for (std::size_t i = 0; i < resampled.size(); ++i) {
      RunPair& pair = comparison_.pairs[i];
      pair.difference.interval = turned(*resampled[i].interval, sign_);
      if (std::isfinite(simultaneous[i].high)) pair.simultaneous = turned(simultaneous[i], sign_);
      pair.p = single[i];
      pair.adjustedP = adjusted[i];
    }
    const auto maybe = maybeHighest(resampled, columns_.size());
    for (std::size_t i = 0; i < maybe.size(); ++i) comparison_.runs[i].maybeBest = maybe[i];
  }

  void addDisagreements() {
    std::vector<ItemColumn> columns;
    for (const RunPair& pair : comparison_.pairs) {
      const RunCandidate& first = candidates_[pair.first];
      const RunCandidate& second = candidates_[pair.second];
      columns.push_back(betweenPredictions(first, second, topDisagreement));
      columns.push_back(betweenPredictions(first, second, variationBetween));
    }
    const auto intervals = bootstrap_.meanIntervals(columns);
    for (std::size_t i = 0; i < comparison_.pairs.size(); ++i) {
      comparison_.pairs[i].otherTop = {meanOfColumn(columns[2 * i]), intervals[2 * i]};
      comparison_.pairs[i].totalVariation = {meanOfColumn(columns[2 * i + 1]),
                                             intervals[2 * i + 1]};
    }
  }

  void addGroups() {
    std::vector<ColumnPair> distinguishable;
    for (const RunPair& pair : comparison_.pairs) {
      if (pair.isDistinguishable()) distinguishable.emplace_back(pair.first, pair.second);
    }
    comparison_.groups = indistinguishableGroups(columns_.size(), distinguishable);
  }

  // Runs that cannot be the best are never chosen, and would only widen the field.
  void addOptimism() {
    if (columns_.size() < 2) return;
    std::vector<ItemColumn> contenders;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (comparison_.runs[i].maybeBest) contenders.push_back(columns_[i]);
    }
    comparison_.optimism = optimismOfHighest(bootstrap_, contenders);
  }

  const std::vector<RunCandidate>& candidates_;
  RunComparison& comparison_;
  CrossedBootstrap bootstrap_;
  double sign_ = 1.0;
  std::vector<ItemColumn> columns_;  // higher is better
};

}  // namespace

bool RunPair::isDistinguishable() const { return adjustedP && *adjustedP <= familywiseError; }

double topDisagreement(const Distribution& p, const Distribution& q) {
  return 1.0 - 0.5 * (topAgreement(p, q) + topAgreement(q, p));
}

RunComparison compareRuns(const Survey& observed, const std::vector<NamedPredictions>& runs,
                          const Survey* training, const RunComparisonOptions& options) {
  RunComparison comparison;
  comparison.metric = metricIndex(options.metric);
  comparison.bootstrap = options.bootstrap;
  const std::vector<RunCandidate> candidates =
      rankedCandidates(observed, runs, training, options, comparison.absent);
  comparison.items = candidates.front().evaluation.items.size();
  comparison.scored = candidates.front().run.metrics.means[comparison.metric].items;
  Comparer(observed, candidates, comparison).compare();
  return comparison;
}

}  // namespace canvass
