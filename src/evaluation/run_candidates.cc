#include "evaluation/run_candidates.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>

#include "base/error.h"
#include "baselines/registry.h"
#include "survey/item_set.h"

namespace canvass {
namespace {

using Items = std::vector<std::size_t>;  // ascending

std::size_t straysOf(const Survey& survey, const Predictions& predictions) {
  const ItemSet items(survey);
  return static_cast<std::size_t>(
      std::ranges::count_if(predictions.predictions, [&](const Prediction& prediction) {
        return !items.contains(prediction.question, prediction.population);
      }));
}

RunCandidate candidateOf(const Survey& observed, const std::string& name,
                         const Predictions& predictions, const EvaluationOptions& options) {
  RunCandidate candidate;
  candidate.evaluation = evaluate(observed, predictions, options);
  candidate.run.name = name;
  candidate.run.source = predictions;
  candidate.run.items = candidate.evaluation.items.size();
  candidate.run.skipped = candidate.evaluation.skipped;
  return candidate;
}

std::vector<RunCandidate> candidatesOf(const Survey& observed,
                                       const std::vector<NamedPredictions>& runs) {
  std::vector<RunCandidate> candidates;
  std::set<std::string> names;
  for (const NamedPredictions& run : runs) {
    if (!names.insert(run.name).second) {
      throw Error("two runs have this name", run.name,
                  "give each its own name, and each file only once");
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

Items itemsOfAll(const std::vector<RunCandidate>& candidates) {
  Items common = itemsOf(candidates.front().evaluation);
  for (const RunCandidate& one : candidates) common = inBoth(common, itemsOf(one.evaluation));
  if (!common.empty()) return common;
  std::string counts;
  for (const RunCandidate& one : candidates) {
    counts += fmt::format("{}{} has {}", counts.empty() ? "" : ", ", one.run.name, one.run.items);
  }
  throw Error(fmt::format("no item is predicted by all runs ({})", counts), {},
              "compare runs that predict the same items");
}

// Those baselines that have nearly all of the items; the others are reported.
void addBaselines(const Survey& observed, const Survey& training, std::size_t neighbors,
                  std::vector<RunCandidate>& candidates, std::vector<AbsentRun>& absent) {
  const Items wanted = itemsOfAll(candidates);
  for (const Baseline& baseline : baselines()) {
    if (!baseline.inEveryEvaluation) continue;
    const std::string title = fmt::format("{} (baseline)", baseline.title);
    const Predictions predictions =
        predictForEvaluation(baseline, &training, observed, {.neighbors = neighbors});
    RunCandidate one = candidateOf(observed, title, predictions, {.only = wanted});
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

void countLacking(std::vector<RunCandidate>& candidates) {
  std::set<std::size_t> ofAny;
  for (const RunCandidate& one : candidates) {
    for (const ItemScores& scores : one.evaluation.items) ofAny.insert(scores.item);
  }
  for (RunCandidate& one : candidates) one.run.lacking = ofAny.size() - one.run.items;
}

// Leaves out of every evaluation what is not among the items.
void restrictTo(const Items& items, const Survey& observed, std::vector<RunCandidate>& candidates) {
  for (RunCandidate& one : candidates) {
    std::erase_if(one.evaluation.items, [&](const ItemScores& scores) {
      return !std::ranges::binary_search(items, scores.item);
    });
    one.evaluation = averageScores(observed, std::move(one.evaluation.items));
    one.run.metrics = one.evaluation.metrics;
  }
}

// Removes the runs whose mean is infinite, and sorts the others.
void rank(std::vector<RunCandidate>& candidates, std::size_t metric,
          std::vector<AbsentRun>& absent) {
  const auto meanOf = [&](const RunCandidate& one) { return one.run.metrics.means[metric]; };
  const std::string_view name = itemMetrics()[metric].name;
  if (meanOf(candidates.front()).items == 0) {
    throw Error(fmt::format("no item that all runs predict has the metric {}", name), {},
                "rank by another --metric");
  }
  std::vector<RunCandidate> ranked;
  for (RunCandidate& one : candidates) {
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
  std::ranges::stable_sort(ranked, std::greater<>(), [&](const RunCandidate& one) {
    return higher ? one.run.figure.mean : -one.run.figure.mean;
  });
  candidates = std::move(ranked);
}

}  // namespace

std::vector<RunCandidate> rankedCandidates(const Survey& observed,
                                           const std::vector<NamedPredictions>& runs,
                                           const Survey* training,
                                           const RunComparisonOptions& options,
                                           std::vector<AbsentRun>& absent) {
  if (runs.empty()) throw Error("there are no runs to compare", {}, "give one or more");
  const std::size_t metric = metricIndex(options.metric);
  std::vector<RunCandidate> candidates = candidatesOf(observed, runs);
  countLacking(candidates);
  if (training != nullptr) {
    addBaselines(observed, *training, options.neighbors, candidates, absent);
  }
  restrictTo(itemsOfAll(candidates), observed, candidates);
  rank(candidates, metric, absent);
  return candidates;
}

}  // namespace canvass
