#include "baselines/run_comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "base/error.h"
#include "stats/best_of_many.h"
#include "stats/metrics.h"
#include "stats/multiple_comparisons.h"

namespace canvass {
namespace {

using Items = std::vector<std::size_t>;  // ascending

// A run with its evaluation over whatever items it has.
struct Candidate {
  ComparedRun run;
  Evaluation evaluation;
};

std::size_t straysOf(const Survey& survey, const Predictions& predictions) {
  const SurveyIndex index(survey);
  return static_cast<std::size_t>(
      std::ranges::count_if(predictions.predictions, [&](const Prediction& prediction) {
        const auto question = index.question(prediction.question);
        const auto population = index.population(prediction.population);
        return !question || !population || !index.item(*question, *population);
      }));
}

Candidate candidateOf(const Survey& observed, const std::string& name,
                      const Predictions& predictions, const EvaluationOptions& options) {
  Candidate candidate;
  candidate.evaluation = evaluate(observed, predictions, options);
  candidate.run.name = name;
  candidate.run.source = predictions;
  candidate.run.items = candidate.evaluation.items.size();
  candidate.run.skipped = candidate.evaluation.skipped;
  return candidate;
}

std::vector<Candidate> candidatesOf(const Survey& observed, const std::vector<RunToCompare>& runs) {
  std::vector<Candidate> candidates;
  std::set<std::string> names;
  for (const RunToCompare& run : runs) {
    if (!names.insert(run.name).second) {
      throw Error("two runs have this name", run.name, "give each its own name, and a file once");
    }
    candidates.push_back(candidateOf(observed, run.name, run.predictions, {}));
    candidates.back().run.strays = straysOf(observed, run.predictions);
    if (candidates.back().evaluation.items.empty()) {
      throw Error("no item has both an observed and a predicted distribution", run.name,
                  "give the survey that these predictions are of");
    }
  }
  return candidates;
}

Items inBoth(const Items& a, const Items& b) {
  Items both;
  std::ranges::set_intersection(a, b, std::back_inserter(both));
  return both;
}

Items itemsOfAll(const std::vector<Candidate>& candidates) {
  Items common = itemsOf(candidates.front().evaluation);
  for (const Candidate& one : candidates) common = inBoth(common, itemsOf(one.evaluation));
  if (!common.empty()) return common;
  std::string counts;
  for (const Candidate& one : candidates) {
    counts += fmt::format("{}{} has {}", counts.empty() ? "" : ", ", one.run.name, one.run.items);
  }
  throw Error(fmt::format("no item is predicted by all runs ({})", counts), {},
              "compare runs that predict the same items");
}

// Those baselines that have nearly all of the items; the others are told of.
void addBaselines(const Survey& observed, const Survey& training, const BaselineOptions& options,
                  std::vector<Candidate>& candidates, std::vector<AbsentRun>& absent) {
  const Items wanted = itemsOfAll(candidates);
  for (const Baseline& baseline : baselines()) {
    const std::string title = fmt::format("{} (baseline)", baseline.title);
    Candidate one = candidateOf(observed, title, baseline.predict(training, observed, options),
                                {.only = wanted});
    one.run.isBaseline = true;
    one.run.lacking = wanted.size() - one.run.items;
    if (20 * one.run.items >= 19 * wanted.size()) {
      candidates.push_back(std::move(one));
    } else {
      absent.push_back({title, fmt::format("predicts only {} of the {} items that the runs have",
                                           one.run.items, wanted.size())});
    }
  }
}

void countLacking(std::vector<Candidate>& candidates) {
  std::set<std::size_t> ofAny;
  for (const Candidate& one : candidates) {
    for (const ItemScores& scores : one.evaluation.items) ofAny.insert(scores.item);
  }
  for (Candidate& one : candidates) one.run.lacking = ofAny.size() - one.run.items;
}

// Leaves out of every evaluation what is not among the items.
void restrictTo(const Items& items, const Survey& observed, std::vector<Candidate>& candidates) {
  for (Candidate& one : candidates) {
    std::erase_if(one.evaluation.items, [&](const ItemScores& scores) {
      return !std::ranges::binary_search(items, scores.item);
    });
    one.evaluation = averageScores(observed, std::move(one.evaluation.items));
    one.run.metrics = one.evaluation.metrics;
  }
}

// Takes out the runs whose mean is infinite, and puts the others in order.
void rank(std::vector<Candidate>& candidates, std::size_t metric, std::vector<AbsentRun>& absent) {
  const auto meanOf = [&](const Candidate& one) { return one.run.metrics.means[metric]; };
  const std::string_view name = itemMetrics()[metric].name;
  if (meanOf(candidates.front()).items == 0) {
    throw Error(fmt::format("no item that all runs predict has the metric {}", name), {},
                "rank by another --metric");
  }
  std::vector<Candidate> ranked;
  for (Candidate& one : candidates) {
    const MetricMean mean = meanOf(one);
    if (mean.infinite == 0) {
      one.run.figure.mean = mean.mean;
      ranked.push_back(std::move(one));
    } else {
      absent.push_back({one.run.name, fmt::format("has an infinite {} for {} of {} items", name,
                                                  mean.infinite, mean.items)});
    }
  }
  if (ranked.empty()) {
    throw Error(fmt::format("every run has an infinite {}", name), {}, "rank by another --metric");
  }
  const bool higher = itemMetrics()[metric].better == Better::higher;
  std::ranges::stable_sort(ranked, std::greater<>(), [&](const Candidate& one) {
    return higher ? one.run.figure.mean : -one.run.figure.mean;
  });
  candidates = std::move(ranked);
}

ItemColumn columnOf(const Evaluation& evaluation, std::size_t metric) {
  ItemColumn column;
  for (const ItemScores& scores : evaluation.items) {
    column.push_back(scores.scores[metric].value_or(std::numeric_limits<double>::quiet_NaN()));
  }
  return column;
}

// For a lower figure that is better: of what is negated, so that higher is better throughout.
Interval turned(const Interval& interval, double sign) {
  return sign > 0.0 ? interval : Interval{-interval.high, -interval.low};
}

ItemColumn betweenPredictions(const Candidate& a, const Candidate& b,
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
  Comparer(const Survey& observed, const std::vector<Candidate>& candidates,
           RunComparison& comparison)
      : candidates_(candidates),
        comparison_(comparison),
        bootstrap_(crossingsOf(observed, candidates.front().evaluation), comparison.bootstrap) {
    comparison.questions = bootstrap_.questions();
    comparison.populations = bootstrap_.populations();
    sign_ = itemMetrics()[comparison.metric].better == Better::higher ? 1.0 : -1.0;
    for (const Candidate& one : candidates) {
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
    std::vector<Crossing> crossings;
    for (const ItemScores& scores : evaluation.items) {
      const Item& item = observed.items[scores.item];
      crossings.push_back({item.question, item.population});
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
      const Candidate& first = candidates_[pair.first];
      const Candidate& second = candidates_[pair.second];
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
    std::vector<ColumnPair> toldApart;
    for (const RunPair& pair : comparison_.pairs) {
      if (pair.isToldApart()) toldApart.emplace_back(pair.first, pair.second);
    }
    comparison_.groups = groupsNotToldApart(columns_.size(), toldApart);
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

  const std::vector<Candidate>& candidates_;
  RunComparison& comparison_;
  CrossedBootstrap bootstrap_;
  double sign_ = 1.0;
  std::vector<ItemColumn> columns_;  // higher is better
};

}  // namespace

bool RunPair::isToldApart() const { return adjustedP && *adjustedP <= familywiseError; }

double topDisagreement(const Distribution& p, const Distribution& q) {
  return 1.0 - 0.5 * (topAgreement(p, q) + topAgreement(q, p));
}

RunComparison compareRuns(const Survey& observed, std::vector<RunToCompare> runs,
                          const Survey* training, const RunComparisonOptions& options) {
  if (runs.empty()) throw Error("there is no run to compare", {}, "give one or more");
  RunComparison comparison;
  comparison.metric = metricIndex(options.metric);
  comparison.bootstrap = options.bootstrap;
  std::vector<Candidate> candidates = candidatesOf(observed, runs);
  countLacking(candidates);
  if (training != nullptr) {
    addBaselines(observed, *training, options.baselines, candidates, comparison.absent);
  }
  const Items items = itemsOfAll(candidates);
  restrictTo(items, observed, candidates);
  rank(candidates, comparison.metric, comparison.absent);
  comparison.items = items.size();
  comparison.scored = candidates.front().run.metrics.means[comparison.metric].items;
  Comparer(observed, candidates, comparison).compare();
  return comparison;
}

}  // namespace canvass
