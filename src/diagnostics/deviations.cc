#include "diagnostics/deviations.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace canvass {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

// The variance of one answer on the scale from 0 to 1; of a nominal question half the chance that
// two answers differ, which is that of a question of two options.
double answerVariance(const std::vector<double>& values, const Distribution& shares) {
  double mean = 0.0;
  double squares = 0.0;
  for (std::size_t k = 0; k < shares.size(); ++k) {
    const double value = values.empty() ? 0.0 : values[k];
    mean += value * shares[k];
    squares += values.empty() ? shares[k] * shares[k] : value * value * shares[k];
  }
  return values.empty() ? 0.5 * (1.0 - squares) : squares - mean * mean;
}

// What every item adds to the sums that the figures are made of.
struct DeviationSums {
  explicit DeviationSums(std::size_t items)
      : predictedSquares(items, 0.0),
        observedSquares(items, 0.0),
        products(items, 0.0),
        deviationNoise(items, 0.0),
        errors(items, 0.0),
        noise(items, 0.0),
        count(items, 0.0) {}

  void add(const Estimate& one) {
    predictedSquares[one.row] += one.predictedDeviation * one.predictedDeviation;
    observedSquares[one.row] += one.observedDeviation * one.observedDeviation;
    products[one.row] += one.predictedDeviation * one.observedDeviation;
    deviationNoise[one.row] += one.deviationVariance;
    const double error = one.predicted - one.observed;
    errors[one.row] += error * error;
    noise[one.row] += one.samplingVariance.value_or(0.0);
    count[one.row] += 1.0;
  }

  ItemColumn predictedSquares, observedSquares, products, deviationNoise, errors, noise, count;
};

ItemColumn difference(ItemColumn column, const ItemColumn& subtracted) {
  for (std::size_t i = 0; i < column.size(); ++i) column[i] -= subtracted[i];
  return column;
}

// The line of observed on predicted levels: of each question the means over its populations, which
// count as often as it has items.
class LevelLine {
 public:
  explicit LevelLine(std::size_t items) : columns_(5, ItemColumn(items, 0.0)) {}

  void add(const std::vector<Estimate>& estimates) {
    double predicted = 0.0;
    double observed = 0.0;
    for (const Estimate& one : estimates) {
      predicted += one.predicted / static_cast<double>(estimates.size());
      observed += one.observed / static_cast<double>(estimates.size());
    }
    const double added[] = {1.0, predicted, observed, predicted * predicted, predicted * observed};
    for (const Estimate& one : estimates) {
      for (std::size_t c = 0; c < columns_.size(); ++c) columns_[c][one.row] += added[c];
    }
  }

  FigureDraft slope(std::size_t count) const {
    return {"level_slope", {}, count, columns_, slopeOf};
  }
  FigureDraft intercept(std::size_t count) const {
    return {"level_intercept", {}, count, columns_, [](std::span<const double> sums) {
              return (sums[2] - slopeOf(sums) * sums[1]) / sums[0];
            }};
  }

 private:
  static double slopeOf(std::span<const double> sums) {
    const double variance = sums[3] - sums[1] * sums[1] / sums[0];
    return variance > 1e-12 ? (sums[4] - sums[1] * sums[2] / sums[0]) / variance : undefined;
  }

  std::vector<ItemColumn> columns_;
};

FigureDraft correlation(const DeviationSums& sums, std::size_t count) {
  FigureDraft draft{.kind = "deviation_correlation", .count = count};
  draft.columns = {sums.products, sums.predictedSquares,
                   difference(sums.observedSquares, sums.deviationNoise)};
  draft.function = [](std::span<const double> means) {
    return means[1] > 0.0 && means[2] > 0.0 ? means[0] / std::sqrt(means[1] * means[2]) : undefined;
  };
  draft.lowest = -1.0;
  draft.highest = 1.0;
  return draft;
}

FigureDraft rootMeanSquareError(const DeviationSums& sums, std::size_t count) {
  FigureDraft draft{.kind = "error", .count = count};
  draft.columns = {difference(sums.errors, sums.noise), sums.count};
  draft.function = [](std::span<const double> means) {
    return means[1] > 0.0 ? std::sqrt(std::max(means[0], 0.0) / means[1]) : undefined;
  };
  return draft;
}

double sumOf(const ItemColumn& column) {
  double sum = 0.0;
  for (const double value : column) sum += value;
  return sum;
}

// The figures as they are without a correction for sampling.
void setUncorrected(const DeviationSums& sums, FigureDraft& between, FigureDraft& correlated) {
  const double observed = sumOf(sums.observedSquares);
  const double predicted = sumOf(sums.predictedSquares);
  if (observed > 0.0) between.uncorrected = predicted / observed;
  if (observed > 0.0 && predicted > 0.0) {
    correlated.uncorrected = sumOf(sums.products) / std::sqrt(observed * predicted);
  }
}

}  // namespace

FigureDraft spreadWithin(const Survey& observed, std::span<const MatchedItem> items,
                         std::optional<double> assumedRespondents) {
  ItemColumn predicted;
  ItemColumn people;
  double uncorrected = 0.0;
  bool corrected = false;
  for (const MatchedItem& matched : items) {
    const Item& item = observed.items[matched.item];
    const std::vector<double> values = unitValues(observed.questionOf(item));
    const double variance = answerVariance(values, *item.observed);
    const auto size = effectiveSizeOf(item, assumedRespondents);
    const bool known = size && *size > 1.0;
    corrected = corrected || known;
    uncorrected += variance;
    predicted.push_back(answerVariance(values, matched.predicted));
    people.push_back(known ? variance * *size / (*size - 1.0) : variance);
  }
  const double sum = sumOf(predicted);
  FigureDraft draft = ratioDraft("dispersion_within", items.size(), predicted, people);
  if (corrected && uncorrected > 0.0) draft.uncorrected = sum / uncorrected;
  draft.lowest = 0.0;
  return draft;
}

std::vector<FigureDraft> deviationFigures(const Estimates& estimates) {
  DeviationSums between(estimates.items);
  DeviationSums all(estimates.items);
  LevelLine levels(estimates.items);
  for (const std::vector<Estimate>& ofQuantity : estimates.byQuantity) {
    levels.add(ofQuantity);
    for (const Estimate& one : ofQuantity) {
      all.add(one);
      if (ofQuantity.size() > 1) between.add(one);
    }
  }
  const auto compared = static_cast<std::size_t>(
      std::count_if(between.count.begin(), between.count.end(), [](double n) { return n > 0.0; }));
  FigureDraft variance = ratioDraft("dispersion_between", compared, between.predictedSquares,
                                    difference(between.observedSquares, between.deviationNoise));
  variance.lowest = 0.0;
  FigureDraft correlated = correlation(between, compared);
  FigureDraft error = rootMeanSquareError(all, estimates.items);
  if (estimates.itemsWithSize > 0) {
    setUncorrected(between, variance, correlated);
    error.uncorrected = std::sqrt(sumOf(all.errors) / sumOf(all.count));
  }
  return {std::move(variance),
          ratioDraft("deviation_slope", compared, between.products, between.predictedSquares),
          std::move(correlated),
          levels.slope(estimates.items),
          levels.intercept(estimates.items),
          std::move(error)};
}

}  // namespace canvass
