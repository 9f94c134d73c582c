#include "evaluation/equivalent_sample_size.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace canvass {
namespace {

using Kind = EquivalentSampleSize::Kind;

EquivalentSampleSize undefined(const std::string& reason) {
  return {Kind::undefined, 0.0, 0, reason};
}

double inverseRoot(std::uint64_t respondents) {
  return 1.0 / std::sqrt(static_cast<double>(respondents));
}

// Whether larger samples score worse by more than simulation explains (rank_score, where a sample
// of 2 can be tied and a sample of 1 cannot).
bool falls(const SampleScore& smaller, const SampleScore& larger) {
  const double error = std::hypot(smaller.standardError, larger.standardError);
  return larger.mean < smaller.mean - 5.0 * error - 1e-9;
}

}  // namespace

SampleCurve::SampleCurve(const Survey& observed, std::vector<std::size_t> items, std::size_t metric,
                         const EquivalentSampleSizeOptions& options)
    : survey_(observed), items_(std::move(items)), metric_(metric), options_(options) {
  for (const std::size_t item : items_) {
    const Scale scale = survey_.questionOf(survey_.items[item]).scale;
    if (itemMetrics()[metric_].appliesToScale(scale)) ++counted_;
  }
  effort_.draws =
      std::clamp<std::size_t>(options.draws / std::max<std::size_t>(counted_, 1), 8, 2000);
  effort_.differentSamples = static_cast<double>(effort_.draws);
}

double SampleCurve::sign() const {
  return itemMetrics()[metric_].better == Better::higher ? 1.0 : -1.0;
}

const SampleCurve::Scores& SampleCurve::at(std::uint64_t respondents) {
  const auto known = scores_.find(respondents);
  return known != scores_.end() ? known->second
                                : scores_.emplace(respondents, compute(respondents)).first->second;
}

SampleCurve::Scores SampleCurve::compute(std::uint64_t respondents) const {
  RandomStream random(options_.seed, fmt::format("samples of {} respondents", respondents));
  Scores result;
  double squaredErrors = 0.0;
  for (const std::size_t index : items_) {
    const Item& item = survey_.items[index];
    const auto score = sampleScores(survey_.questionOf(item), *item.observed, respondents,
                                    {&metric_, 1}, effort_, random)
                           .front();
    result.byItem.push_back(score ? score->mean : std::numeric_limits<double>::quiet_NaN());
    if (!score) continue;
    result.mean += score->mean;
    squaredErrors += score->standardError * score->standardError;
  }
  const double items = static_cast<double>(counted_);
  result.mean = sign() * result.mean / items;
  result.standardError = std::sqrt(squaredErrors) / items;
  return result;
}

std::vector<double> SampleCurve::itemScores(double respondents) {
  const auto smaller = static_cast<std::uint64_t>(respondents);
  const double above = inverseRoot(smaller) - 1.0 / std::sqrt(respondents);
  std::vector<double> scores = at(smaller).byItem;
  if (above <= 0.0) return scores;
  const double share = above / (inverseRoot(smaller) - inverseRoot(smaller + 1));
  const std::vector<double>& next = at(smaller + 1).byItem;
  for (std::size_t i = 0; i < scores.size(); ++i) scores[i] += share * (next[i] - scores[i]);
  return scores;
}

// Between two sizes, of which the smaller scores worse than the figure and the larger does not.
double SampleCurve::interpolated(double figure, std::uint64_t smaller, std::uint64_t larger) {
  const double low = at(smaller).mean;
  const double high = at(larger).mean;
  const double share = high > low ? (figure - low) / (high - low) : 0.0;
  const double root = inverseRoot(smaller) + share * (inverseRoot(larger) - inverseRoot(smaller));
  return 1.0 / (root * root);
}

double SampleCurve::bisected(double figure, std::uint64_t smaller, std::uint64_t larger) {
  while (larger - smaller > std::max<std::uint64_t>(1, smaller / 8)) {
    const std::uint64_t middle = smaller + (larger - smaller) / 2;
    (at(middle).mean < figure ? smaller : larger) = middle;
  }
  return interpolated(figure, smaller, larger);
}

EquivalentSampleSize SampleCurve::search(double figure) {
  if (std::isinf(at(1).mean)) return undefined("samples of any size score infinity");
  if (std::isinf(figure)) return undefined("the figure is infinite");
  if (at(1).mean > figure) return {Kind::fewer, 1.0, 0, {}};
  std::uint64_t smaller = 1;
  while (smaller < options_.most) {
    const std::uint64_t larger = std::min(2 * smaller, options_.most);
    const Scores& less = at(smaller);
    const Scores& more = at(larger);
    if (falls({less.mean, less.standardError}, {more.mean, more.standardError})) {
      return undefined(
          fmt::format("samples of {} score worse than samples of {}", larger, smaller));
    }
    if (more.mean >= figure) return {Kind::found, bisected(figure, smaller, larger), 0, {}};
    smaller = larger;
  }
  return {Kind::more, static_cast<double>(options_.most), 0, {}};
}

EquivalentSampleSize SampleCurve::sizeScoring(double figure) {
  if (counted_ == 0) return undefined("no item has this figure");
  EquivalentSampleSize size = search(sign() * figure);
  size.items = counted_;
  return size;
}

}  // namespace canvass
