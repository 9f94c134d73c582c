#include "evaluation/sample_scores.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "stats/multinomial.h"

namespace canvass {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// The scores of one sample after another, by a probability or as one of many draws.
class ScoreSums {
 public:
  ScoreSums(const Question& question, const Distribution& observed,
            std::span<const std::size_t> metrics)
      : observed_(observed), values_(optionValues(question)), predicted_(observed.size()) {
    for (const std::size_t place : metrics) {
      const ItemMetric* metric = &itemMetrics()[place];
      const bool applies = metric->appliesToScale(question.scale);
      sums_.push_back({applies ? metric : nullptr, applies && isInfiniteForSome(*metric), 0, 0});
    }
  }

  void add(std::span<const std::uint64_t> counts, double respondents, double weight) {
    for (std::size_t k = 0; k < counts.size(); ++k) {
      predicted_[k] = static_cast<double>(counts[k]) / respondents;
    }
    for (Sum& sum : sums_) {
      if (sum.metric == nullptr || sum.infinite) continue;
      const double score = sum.metric->score({observed_, predicted_, values_});
      sum.score += weight * score;
      sum.square += weight * score * score;
    }
  }

  // `draws`: how many samples were drawn with the weight 1 / draws; 0 if all were summed up.
  std::vector<std::optional<SampleScore>> result(std::size_t draws) const {
    std::vector<std::optional<SampleScore>> result;
    for (const Sum& sum : sums_) {
      auto& score = result.emplace_back();
      if (sum.metric == nullptr) continue;
      score = SampleScore{sum.infinite ? infinity : sum.score, 0.0};
      if (draws == 0 || std::isinf(score->mean)) continue;
      const double variance = std::max(sum.square - sum.score * sum.score, 0.0);
      score->standardError = std::sqrt(variance / static_cast<double>(draws - 1));
    }
    return result;
  }

 private:
  struct Sum {
    const ItemMetric* metric;  // null if it does not apply
    bool infinite;
    double score;
    double square;
  };

  bool isInfiniteForSome(const ItemMetric& metric) const {
    for (std::size_t k = 0; k < observed_.size(); ++k) {
      if (observed_[k] == 0.0) continue;
      Distribution ofOneMind(observed_.size(), 0.0);
      ofOneMind[k] = 1.0;
      if (std::isinf(metric.score({observed_, ofOneMind, values_}))) return true;
    }
    return false;
  }

  const Distribution& observed_;
  std::vector<double> values_;
  Distribution predicted_;
  std::vector<Sum> sums_;
};

}  // namespace

std::vector<std::optional<SampleScore>> sampleScores(
    const Question& question, const Distribution& observed, std::uint64_t respondents,
    std::span<const std::size_t> metrics, const SamplingEffort& effort, RandomStream& random) {
  ScoreSums sums(question, observed, metrics);
  const Distribution shares = normalized(observed, "question " + question.id);
  const double n = static_cast<double>(respondents);
  if (countSamples(shares, respondents) <= effort.differentSamples) {
    forEachSample(shares, respondents,
                  [&](std::span<const std::uint64_t> counts, double probability) {
                    sums.add(counts, n, probability);
                  });
    return sums.result(0);
  }
  std::vector<std::uint64_t> counts(observed.size());
  const double weight = 1.0 / static_cast<double>(effort.draws);
  for (std::size_t draw = 0; draw < effort.draws; ++draw) {
    drawSample(shares, respondents, random, counts);
    sums.add(counts, n, weight);
  }
  return sums.result(effort.draws);
}

}  // namespace canvass
