#include "evaluation/sampling_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "stats/multinomial.h"

namespace canvass {
namespace {

// Sums over items, of one metric.
struct Sums {
  double items = 0.0;
  double bias = 0.0;
  double variance = 0.0;
};

// The scores of one prediction against redrawn observations.
class Redraws {
 public:
  Redraws(const Survey& survey, const SamplingErrorOptions& options, std::size_t draws)
      : survey_(survey), options_(options), draws_(draws), sums_(itemMetrics().size()) {}

  void add(const ItemScores& evaluated, std::uint64_t respondents) {
    const Item& item = survey_.items[evaluated.item];
    const Question& question = survey_.questionOf(item);
    RandomStream random(options_.seed, fmt::format("sampling error, {}, {}", question.id,
                                                   survey_.populationOf(item).id));
    const Distribution shares = normalized(*item.observed, "question " + question.id);
    const std::vector<double> values = optionValues(question);
    std::vector<double> means(sums_.size(), 0.0);
    std::vector<double> squares(sums_.size(), 0.0);
    std::vector<std::uint64_t> counts(shares.size());
    Distribution redrawn(shares.size());
    for (std::size_t draw = 0; draw < draws_; ++draw) {
      drawSample(shares, respondents, random, counts);
      for (std::size_t k = 0; k < counts.size(); ++k) {
        redrawn[k] = static_cast<double>(counts[k]) / static_cast<double>(respondents);
      }
      for (std::size_t m = 0; m < sums_.size(); ++m) {
        if (!evaluated.scores[m]) continue;
        // From the score itself, so that the variance keeps its digits.
        const double change =
            itemMetrics()[m].score({redrawn, evaluated.predicted, values}) - *evaluated.scores[m];
        means[m] += change;
        squares[m] += change * change;
      }
    }
    for (std::size_t m = 0; m < sums_.size(); ++m) {
      if (evaluated.scores[m]) count(sums_[m], means[m], squares[m]);
    }
  }

  std::vector<std::optional<SamplingEffect>> effects() const {
    std::vector<std::optional<SamplingEffect>> result;
    for (const Sums& sums : sums_) {
      auto& effect = result.emplace_back();
      if (sums.items == 0.0 || !std::isfinite(sums.bias) || !std::isfinite(sums.variance)) continue;
      effect = SamplingEffect{std::sqrt(sums.variance) / sums.items, sums.bias / sums.items};
    }
    return result;
  }

 private:
  void count(Sums& sums, double sum, double squares) const {
    const double draws = static_cast<double>(draws_);
    const double mean = sum / draws;
    sums.items += 1.0;
    sums.bias += mean;
    sums.variance += (squares - draws * mean * mean) / (draws - 1.0);
  }

  const Survey& survey_;
  const SamplingErrorOptions& options_;
  std::size_t draws_;
  std::vector<Sums> sums_;
};

std::optional<double> sampleSize(const Item& item, const std::optional<double>& assumed) {
  if (item.effectiveSampleSize) return item.effectiveSampleSize;
  return item.respondents ? item.respondents : assumed;
}

}  // namespace

std::optional<SamplingError> samplingError(const Survey& observed, const Evaluation& evaluation,
                                           const SamplingErrorOptions& options) {
  const std::size_t items = std::max<std::size_t>(evaluation.items.size(), 1);
  Redraws redraws(observed, options, std::clamp<std::size_t>(options.draws / items, 8, 200));
  SamplingError result;
  for (const ItemScores& evaluated : evaluation.items) {
    const auto size = sampleSize(observed.items[evaluated.item], options.respondents);
    if (!size) continue;
    redraws.add(evaluated, static_cast<std::uint64_t>(std::max(std::round(*size), 1.0)));
    ++result.items;
  }
  if (result.items == 0) return std::nullopt;
  result.effects = redraws.effects();
  return result;
}

}  // namespace canvass
