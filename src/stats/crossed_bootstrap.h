#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace canvass {

struct BootstrapOptions {
  std::size_t resamples = 1000;  // at least 40: fewer have no 2.5% quantile
  std::uint64_t seed = 0;
};

// Both ends of a 95% interval.
struct Interval {
  double low = 0.0;
  double high = 0.0;

  bool contains(double value) const { return low <= value && value <= high; }
};

// The position of an item: indices of its question and its population.
struct Crossing {
  std::size_t question = 0;
  std::size_t population = 0;
};

// One number per item, in the items' order; not a number if the item has none.
using ItemColumn = std::vector<double>;

// 95% intervals for figures that are means over items, where questions and populations are both
// samples of those that might have been asked: the pigeonhole bootstrap (Owen 2007, Annals of
// Applied Statistics 1(2)). A resample draws as many questions, and independently as many
// populations, with replacement; an item counts as often as its question times its population. All
// columns see the same resamples, so that functions of several means are paired.
//
// By itself, that bootstrap counts what is peculiar to single items three times (too wide if
// little else varies), and is too narrow with few questions or populations. Each interval's
// distances from the estimate are therefore scaled: from the resamples' variance to the two-way
// clustered one, questions + populations - items (Cameron, Gelbach & Miller 2011), each with the n
// / (n - 1) of a sample, and from the normal to Student's t with Satterthwaite's degrees of
// freedom. If there is only one question, or only one population, the other alone is resampled.
class CrossedBootstrap {
 public:
  // Throws Error for fewer than 40 resamples. `stream` names the random stream.
  CrossedBootstrap(std::span<const Crossing> items, const BootstrapOptions& options,
                   std::string_view stream = "bootstrap");

  std::size_t questions() const { return questions_; }
  std::size_t populations() const { return populations_; }
  // The items, with indices from 0 in the order of first appearance.
  std::span<const Crossing> items() const { return items_; }

  // How often each question and each population is drawn, by their indices in items(), resample by
  // resample: shared by all figures of this object.
  using Visit =
      std::function<void(std::span<const double> questions, std::span<const double> populations)>;
  void eachResample(const Visit& visit) const;

  // The weighted mean of each column in each resample: [column][resample]; not a number if a
  // resample holds no item of the column.
  std::vector<std::vector<double>> means(std::span<const ItemColumn> columns) const;

  // Of a smooth function of means. `resampled`: its values by resample. `influence`: how far each
  // item moves the estimate (for a mean (score - mean) / items); sums to 0. Nothing if neither
  // questions nor populations vary, or more than one in twenty resamples has no value.
  // `populationsEach`: 2 for a mean over pairs of populations, each half ascribed to either's item:
  // a population that is left out takes the other halves of its pairs with it.
  std::optional<Interval> interval(double estimate, std::span<const double> resampled,
                                   std::span<const double> influence,
                                   double populationsEach = 1.0) const;

  // Of the mean of a column, from its means by resample, within the range of its own scores;
  // nothing also if the column is empty or has an infinite score.
  std::optional<Interval> meanInterval(const ItemColumn& column,
                                       std::span<const double> resampled) const;
  // The same of several columns.
  std::vector<std::optional<Interval>> meanIntervals(std::span<const ItemColumn> columns) const;

  // What the intervals' width is made of, from the influence of each item.
  struct Spread {
    double variance;  // of the estimate, two-way clustered
    double degrees;   // of freedom, Satterthwaite's
  };
  Spread spreadOf(std::span<const double> influence, double populationsEach = 1.0) const;

 private:
  std::vector<Crossing> items_;  // with indices 0 .. questions_ - 1, 0 .. populations_ - 1
  std::size_t questions_ = 0;
  std::size_t populations_ = 0;
  BootstrapOptions options_;
  std::string stream_;
};

// The mean of the column's numbers; not a number if it has none.
double meanOfColumn(const ItemColumn& column);
// (score - mean) / items; 0 for items without a score.
std::vector<double> influenceOnMean(const ItemColumn& column);

}  // namespace canvass
