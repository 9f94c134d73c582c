#include "stats/crossed_bootstrap.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>

#include "base/error.h"
#include "base/random.h"
#include "stats/student.h"

namespace canvass {
namespace {

constexpr double tail = 0.025;
constexpr double normalQuantile = 1.959963984540054;  // at 1 - tail
constexpr std::size_t minResamples = 40;
constexpr double none = std::numeric_limits<double>::quiet_NaN();

// Gives indices 0, 1, ... to ids in the order of their first appearance.
class Numbering {
 public:
  std::size_t of(std::size_t id) { return numbers_.emplace(id, numbers_.size()).first->second; }
  std::size_t count() const { return numbers_.size(); }

 private:
  std::unordered_map<std::size_t, std::size_t> numbers_;
};

// How often each of `counts` is drawn; once each if it is alone.
void drawCounts(RandomStream& random, std::vector<double>& counts) {
  std::ranges::fill(counts, 0.0);
  for (std::size_t i = 0; i < counts.size(); ++i) counts[random.below(counts.size())] += 1.0;
}

// Rows of items, so that one weight serves a row: the columns with 0 for what is missing, then for
// each column with gaps a column of ones where it has none.
class Rows {
 public:
  explicit Rows(std::span<const ItemColumn> columns) : columns_(columns.size()) {
    width_ = columns_ + 1;
    for (const ItemColumn& column : columns) {
      const bool gaps = std::ranges::any_of(column, [](double x) { return std::isnan(x); });
      denominators_.push_back(gaps ? width_++ : columns_);
    }
    const std::size_t items = columns.empty() ? 0 : columns.front().size();
    values_.assign(items * width_, 0.0);
    for (std::size_t i = 0; i < items; ++i) {
      values_[i * width_ + columns_] = 1.0;
      for (std::size_t c = 0; c < columns_; ++c) {
        if (std::isnan(columns[c][i])) continue;
        values_[i * width_ + c] = columns[c][i];
        values_[i * width_ + denominators_[c]] = 1.0;
      }
    }
  }

  std::size_t width() const { return width_; }

  void addTo(std::vector<double>& sums, std::size_t item, double weight) const {
    const double* row = values_.data() + item * width_;
    for (std::size_t c = 0; c < width_; ++c) sums[c] += weight * row[c];
  }

  double mean(const std::vector<double>& sums, std::size_t column) const {
    const double weight = sums[denominators_[column]];
    return weight > 0.0 ? sums[column] / weight : none;
  }

 private:
  std::size_t columns_;
  std::size_t width_;
  std::vector<std::size_t> denominators_;  // by column: the index of its weights' sum
  std::vector<double> values_;
};

// Sorted values, linear between them.
double quantile(const std::vector<double>& sorted, double probability) {
  const double place = probability * static_cast<double>(sorted.size() - 1);
  const std::size_t below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

double varianceOf(const std::vector<double>& values) {
  const double count = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  double sum = 0.0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum / count;
}

double sumOfSquares(std::span<const double> values) {
  return std::inner_product(values.begin(), values.end(), values.begin(), 0.0);
}

// The variance of a sum of `totals`, one per cluster; nothing if there is only one.
double clusteredVariance(const std::vector<double>& totals) {
  if (totals.size() < 2) return 0.0;
  const double count = static_cast<double>(totals.size());
  return count / (count - 1.0) * sumOfSquares(totals);
}

}  // namespace

double meanOfColumn(const ItemColumn& column) {
  double sum = 0.0;
  double count = 0.0;
  for (const double score : column) {
    if (std::isnan(score)) continue;
    sum += score;
    count += 1.0;
  }
  return count > 0.0 ? sum / count : none;
}

std::vector<double> influenceOnMean(const ItemColumn& column) {
  const double mean = meanOfColumn(column);
  const auto known = std::ranges::count_if(column, [](double x) { return !std::isnan(x); });
  std::vector<double> influence;
  for (const double score : column) {
    influence.push_back(std::isnan(score) ? 0.0 : (score - mean) / static_cast<double>(known));
  }
  return influence;
}

CrossedBootstrap::CrossedBootstrap(std::span<const Crossing> items, const BootstrapOptions& options,
                                   std::string_view stream)
    : options_(options), stream_(stream) {
  if (options.resamples < minResamples) {
    throw Error(fmt::format("{} resamples are too few for a 95% interval", options.resamples), {},
                fmt::format("ask for {} or more", minResamples));
  }
  Numbering questions;
  Numbering populations;
  for (const Crossing& item : items) {
    items_.push_back({questions.of(item.question), populations.of(item.population)});
  }
  questions_ = questions.count();
  populations_ = populations.count();
}

void CrossedBootstrap::eachResample(const Visit& visit) const {
  RandomStream random(options_.seed, stream_);
  std::vector<double> questions(questions_);
  std::vector<double> populations(populations_);
  for (std::size_t resample = 0; resample < options_.resamples; ++resample) {
    drawCounts(random, questions);
    drawCounts(random, populations);
    visit(questions, populations);
  }
}

std::vector<std::vector<double>> CrossedBootstrap::means(
    std::span<const ItemColumn> columns) const {
  if (columns.empty()) return {};
  const Rows rows(columns);
  std::vector<std::vector<double>> result(columns.size());
  std::vector<double> sums(rows.width());
  eachResample([&](std::span<const double> questions, std::span<const double> populations) {
    std::ranges::fill(sums, 0.0);
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const double weight = questions[items_[i].question] * populations[items_[i].population];
      if (weight > 0.0) rows.addTo(sums, i, weight);
    }
    for (std::size_t c = 0; c < columns.size(); ++c) result[c].push_back(rows.mean(sums, c));
  });
  return result;
}

CrossedBootstrap::Spread CrossedBootstrap::spreadOf(std::span<const double> influence,
                                                    double populationsEach) const {
  std::vector<double> byQuestion(questions_, 0.0);
  std::vector<double> byPopulation(populations_, 0.0);
  for (std::size_t i = 0; i < items_.size(); ++i) {
    byQuestion[items_[i].question] += influence[i];
    byPopulation[items_[i].population] += influence[i];
  }
  const double questions = clusteredVariance(byQuestion);
  const double squaredEach = populationsEach * populationsEach;
  const double populations = squaredEach * clusteredVariance(byPopulation);
  const bool crossed = questions_ > 1 && populations_ > 1;
  const double items = crossed ? squaredEach * sumOfSquares(influence) : 0.0;
  // The difference can fall below what one of them alone shows, by chance only.
  const double variance = std::max({questions + populations - items, questions, populations});
  const double squares =
      questions * questions / std::max(static_cast<double>(questions_) - 1.0, 1.0) +
      populations * populations / std::max(static_cast<double>(populations_) - 1.0, 1.0);
  const double sum = questions + populations;
  return {variance, squares > 0.0 ? std::max(sum * sum / squares, 1.0) : 1.0};
}

std::optional<Interval> CrossedBootstrap::interval(double estimate,
                                                   std::span<const double> resampled,
                                                   std::span<const double> influence,
                                                   double populationsEach) const {
  if (!std::isfinite(estimate) || (questions_ < 2 && populations_ < 2)) return std::nullopt;
  std::vector<double> known;
  std::ranges::copy_if(resampled, std::back_inserter(known),
                       [](double value) { return std::isfinite(value); });
  if (20 * (resampled.size() - known.size()) > resampled.size()) return std::nullopt;
  std::ranges::sort(known);
  const Spread spread = spreadOf(influence, populationsEach);
  const double drawn = varianceOf(known);
  if (!(drawn > 0.0)) return Interval{estimate, estimate};
  const double scale = std::sqrt(spread.variance / drawn) *
                       studentQuantile(1.0 - tail, spread.degrees) / normalQuantile;
  return Interval{estimate - scale * (estimate - quantile(known, tail)),
                  estimate + scale * (quantile(known, 1.0 - tail) - estimate)};
}

std::optional<Interval> CrossedBootstrap::meanInterval(const ItemColumn& column,
                                                       std::span<const double> resampled) const {
  const double mean = meanOfColumn(column);
  if (!std::isfinite(mean)) return std::nullopt;
  auto found = interval(mean, resampled, influenceOnMean(column));
  if (!found) return std::nullopt;
  double lowest = mean;
  double highest = mean;
  for (const double score : column) {
    if (score < lowest) lowest = score;
    if (score > highest) highest = score;
  }
  return Interval{std::max(found->low, lowest), std::min(found->high, highest)};
}

std::vector<std::optional<Interval>> CrossedBootstrap::meanIntervals(
    std::span<const ItemColumn> columns) const {
  const auto resampled = means(columns);
  std::vector<std::optional<Interval>> intervals;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    intervals.push_back(meanInterval(columns[c], resampled[c]));
  }
  return intervals;
}

}  // namespace canvass
