#include "stats/equivalent_sample_size.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "stats/sample_scores.h"

namespace canvass {
namespace {

// The mean scores of samples over the items of an evaluation by their size, each computed once.
// Scores are turned so that higher is better.
class SampleCurve {
 public:
  SampleCurve(const Survey& survey, const Evaluation& evaluation, std::size_t metric,
              const EquivalentSampleSizeOptions& options)
      : survey_(survey), evaluation_(evaluation), metric_(metric), seed_(options.seed) {
    const std::size_t items = std::max<std::size_t>(evaluation.metrics.means[metric].items, 1);
    effort_.draws = std::clamp<std::size_t>(options.draws / items, 8, 2000);
    effort_.differentSamples = static_cast<double>(effort_.draws);
  }

  const SampleScore& at(std::uint64_t respondents) {
    const auto known = scores_.find(respondents);
    return known != scores_.end()
               ? known->second
               : scores_.emplace(respondents, compute(respondents)).first->second;
  }

  // Of the evaluation that samples are compared with.
  double figure() const { return sign() * evaluation_.metrics.means[metric_].mean; }

 private:
  double sign() const { return itemMetrics()[metric_].better == Better::higher ? 1.0 : -1.0; }

  SampleScore compute(std::uint64_t respondents) const {
    RandomStream random(seed_, fmt::format("samples of {} respondents", respondents));
    double sum = 0.0;
    double squaredErrors = 0.0;
    double items = 0.0;
    for (const ItemScores& scores : evaluation_.items) {
      const Item& item = survey_.items[scores.item];
      const auto score = sampleScores(survey_.questionOf(item), *item.observed, respondents,
                                      {&metric_, 1}, effort_, random)
                             .front();
      if (!score) continue;
      sum += score->mean;
      squaredErrors += score->standardError * score->standardError;
      items += 1.0;
    }
    return {sign() * sum / items, std::sqrt(squaredErrors) / items};
  }

  const Survey& survey_;
  const Evaluation& evaluation_;
  std::size_t metric_;
  std::uint64_t seed_;
  SamplingEffort effort_;
  std::map<std::uint64_t, SampleScore> scores_;
};

using Kind = EquivalentSampleSize::Kind;

EquivalentSampleSize undefined(const std::string& reason) {
  return {Kind::undefined, 0.0, 0, reason};
}

// Whether larger samples score worse by more than simulation explains (rank_score, where a sample
// of 2 can be tied and a sample of 1 cannot).
bool falls(const SampleScore& smaller, const SampleScore& larger) {
  const double error = std::hypot(smaller.standardError, larger.standardError);
  return larger.mean < smaller.mean - 5.0 * error - 1e-9;
}

// Between two sizes, of which the smaller scores worse than the figure and the larger does not.
double interpolated(SampleCurve& curve, std::uint64_t smaller, std::uint64_t larger) {
  const double low = curve.at(smaller).mean;
  const double high = curve.at(larger).mean;
  const double share = high > low ? (curve.figure() - low) / (high - low) : 0.0;
  const double from = 1.0 / std::sqrt(static_cast<double>(smaller));
  const double to = 1.0 / std::sqrt(static_cast<double>(larger));
  const double root = from + share * (to - from);
  return 1.0 / (root * root);
}

double bisected(SampleCurve& curve, std::uint64_t smaller, std::uint64_t larger) {
  while (larger - smaller > std::max<std::uint64_t>(1, smaller / 8)) {
    const std::uint64_t middle = smaller + (larger - smaller) / 2;
    (curve.at(middle).mean < curve.figure() ? smaller : larger) = middle;
  }
  return interpolated(curve, smaller, larger);
}

EquivalentSampleSize search(SampleCurve& curve, std::uint64_t most) {
  if (std::isinf(curve.at(1).mean)) return undefined("samples of any size score infinity");
  if (std::isinf(curve.figure())) return undefined("the figure is infinite");
  if (curve.at(1).mean > curve.figure()) return {Kind::fewer, 1.0, 0, {}};
  std::uint64_t smaller = 1;
  while (smaller < most) {
    const std::uint64_t larger = std::min(2 * smaller, most);
    if (falls(curve.at(smaller), curve.at(larger))) {
      return undefined(
          fmt::format("samples of {} score worse than samples of {}", larger, smaller));
    }
    if (curve.at(larger).mean >= curve.figure()) {
      return {Kind::found, bisected(curve, smaller, larger), 0, {}};
    }
    smaller = larger;
  }
  return {Kind::more, static_cast<double>(most), 0, {}};
}

}  // namespace

EquivalentSampleSize equivalentSampleSize(const Survey& observed, const Evaluation& evaluation,
                                          std::size_t metric,
                                          const EquivalentSampleSizeOptions& options) {
  const std::size_t items = evaluation.metrics.means[metric].items;
  if (items == 0) return undefined("no item has this figure");
  SampleCurve curve(observed, evaluation, metric, options);
  EquivalentSampleSize size = search(curve, options.most);
  size.items = items;
  return size;
}

}  // namespace canvass
