#include "stats/paired_resamples.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace canvass {
namespace {

constexpr double rounding = 1e-12;

// a - b - center, with mere rounding errors set to 0.
ItemColumn differencesBetween(const ItemColumn& a, const ItemColumn& b, double center) {
  ItemColumn differences;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double difference = a[i] - b[i] - center;
    differences.push_back(std::abs(difference) <= rounding ? 0.0 : difference);
  }
  return differences;
}

// An error of 0 counts as 0 only if there is nothing to divide by it.
double ratio(double difference, double standardError) {
  if (difference == 0.0) return 0.0;
  return standardError > 0.0 ? difference / standardError
                             : std::copysign(std::numeric_limits<double>::infinity(), difference);
}

// How often an item was drawn, and its question and population.
struct DrawnItem {
  std::size_t item;
  Crossing place;
  double questions;
  double populations;
};

// The sum of squares of clusters, each drawn `counts` times; as for a sample.
double clusteredSquares(std::span<const double> counts, const std::vector<double>& totals) {
  if (totals.size() < 2) return 0.0;
  const double count = static_cast<double>(totals.size());
  double squares = 0.0;
  for (std::size_t i = 0; i < totals.size(); ++i) squares += counts[i] * totals[i] * totals[i];
  return count / (count - 1.0) * squares;
}

// One resample: the mean that it gives for any column that has numbers for the items.
class Resample {
 public:
  Resample(std::span<const Crossing> items, const ItemColumn& known,
           std::span<const double> questions, std::span<const double> populations)
      : questions_(questions), populations_(populations) {
    ofQuestion_.resize(questions.size());
    ofPopulation_.resize(populations.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
      const DrawnItem one{i, items[i], questions[items[i].question],
                          populations[items[i].population]};
      if (one.questions * one.populations == 0.0 || std::isnan(known[i])) continue;
      drawn_.push_back(one);
      size_ += one.questions * one.populations;
    }
  }

  // The column's mean over its two-way clustered standard error, both in this resample; not a
  // number if it holds no item.
  double studentized(const ItemColumn& column) {
    if (drawn_.empty()) return std::numeric_limits<double>::quiet_NaN();
    double mean = 0.0;
    for (const DrawnItem& one : drawn_) {
      mean += one.questions * one.populations * column[one.item] / size_;
    }
    std::ranges::fill(ofQuestion_, 0.0);
    std::ranges::fill(ofPopulation_, 0.0);
    double items = 0.0;
    for (const DrawnItem& one : drawn_) {
      const double error = (column[one.item] - mean) / size_;
      ofQuestion_[one.place.question] += one.populations * error;
      ofPopulation_[one.place.population] += one.questions * error;
      items += one.questions * one.populations * error * error;
    }
    const double ofQuestions = clusteredSquares(questions_, ofQuestion_);
    const double ofPopulations = clusteredSquares(populations_, ofPopulation_);
    if (questions_.size() < 2 || populations_.size() < 2) items = 0.0;
    return ratio(
        mean,
        std::sqrt(std::max({ofQuestions + ofPopulations - items, ofQuestions, ofPopulations})));
  }

 private:
  std::span<const double> questions_;
  std::span<const double> populations_;
  std::vector<DrawnItem> drawn_;
  double size_ = 0.0;
  std::vector<double> ofQuestion_;  // totals of the column's errors
  std::vector<double> ofPopulation_;
};

void addChance(const CrossedBootstrap& bootstrap, std::span<const ItemColumn> columns,
               std::vector<PairedResamples>& pairs) {
  if (pairs.empty()) return;
  std::vector<ItemColumn> centered;
  for (const PairedResamples& pair : pairs) {
    centered.push_back(
        differencesBetween(columns[pair.first], columns[pair.second], pair.difference));
  }
  bootstrap.eachResample(
      [&](std::span<const double> questions, std::span<const double> populations) {
        Resample resample(bootstrap.items(), columns.front(), questions, populations);
        for (std::size_t i = 0; i < pairs.size(); ++i) {
          const double t = resample.studentized(centered[i]);
          if (!std::isnan(t)) pairs[i].byChance.push_back(t);
        }
      });
}

}  // namespace

std::vector<PairedResamples> pairedResamples(const CrossedBootstrap& bootstrap,
                                             std::span<const ItemColumn> columns) {
  std::vector<PairedResamples> pairs;
  const auto means = bootstrap.means(columns);
  for (std::size_t a = 0; a < columns.size(); ++a) {
    for (std::size_t b = a + 1; b < columns.size(); ++b) {
      const ItemColumn column = differencesBetween(columns[a], columns[b], 0.0);
      std::vector<double> resampled(means[a].size());
      std::ranges::transform(means[a], means[b], resampled.begin(), std::minus<>());
      PairedResamples pair{a, b, meanOfColumn(column)};
      pair.interval = bootstrap.meanInterval(column, resampled);
      if (!pair.interval) return {};
      pair.standardError = std::sqrt(bootstrap.spreadOf(influenceOnMean(column)).variance);
      if (pair.standardError <= rounding) pair.standardError = 0.0;
      pair.t = ratio(pair.difference, pair.standardError);
      pairs.push_back(std::move(pair));
    }
  }
  addChance(bootstrap, columns, pairs);
  return pairs;
}

}  // namespace canvass
