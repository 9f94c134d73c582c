#include "evaluation/noise_ceiling.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"

namespace canvass {
namespace {

std::vector<std::size_t> allMetrics() {
  std::vector<std::size_t> places(itemMetrics().size());
  std::iota(places.begin(), places.end(), 0u);
  return places;
}

std::optional<double> achievedShare(const MetricMean& figure, const MetricMean& uniform,
                                    const MetricMean& ceiling, std::size_t metric) {
  if (ceiling.items == 0) return std::nullopt;
  const double range = ceiling.mean - uniform.mean;
  const bool better = itemMetrics()[metric].better == Better::higher ? range > 0.0 : range < 0.0;
  const double share = (figure.mean - uniform.mean) / range;
  return better && std::isfinite(share) && std::isfinite(range) ? std::optional(share)
                                                                : std::nullopt;
}

// The part of an evaluation that the ceiling covers. Both are in the order of the evaluation.
MetricMeans meansOfCovered(const NoiseCeiling& ceiling, const Survey& observed,
                           const Evaluation& evaluation) {
  std::vector<ItemScores> covered;
  auto next = ceiling.ceiling.items.begin();
  for (const ItemScores& scores : evaluation.items) {
    if (next == ceiling.ceiling.items.end() || next->item != scores.item) continue;
    covered.push_back(scores);
    ++next;
  }
  return averageScores(observed, std::move(covered)).metrics;
}

// The scores of an item's samples, and of the uniform prediction for it.
class ItemCeilings {
 public:
  ItemCeilings(const Survey& survey, const NoiseCeilingOptions& options)
      : survey_(survey),
        options_(options),
        metrics_(allMetrics()),
        squaredErrors_(metrics_.size(), 0.0) {}

  // False if the item has no sample size.
  bool add(const ItemScores& evaluated) {
    const Item& item = survey_.items[evaluated.item];
    const auto size = countedSampleSize(item);
    if (!size) return false;
    ceilings_.push_back(ceilingOf(evaluated.item, *size));
    uniforms_.push_back(uniformOf(evaluated.item));
    return true;
  }

  NoiseCeiling result() && {
    NoiseCeiling result;
    result.sources = sources_;
    result.ceiling = averageScores(survey_, std::move(ceilings_));
    result.ceiling.model = "noise ceiling";
    result.uniform = averageScores(survey_, std::move(uniforms_));
    result.uniform.model = "uniform";
    for (const std::size_t m : metrics_) {
      const MetricMean& ceiling = result.ceiling.metrics.means[m];
      const double items = static_cast<double>(std::max<std::size_t>(ceiling.items, 1));
      result.standardErrors.push_back(std::sqrt(squaredErrors_[m]) / items);
    }
    return result;
  }

 private:
  std::optional<std::uint64_t> countedSampleSize(const Item& item) {
    std::optional<double> size = item.effectiveSampleSize;
    std::size_t* source = &sources_.effective;
    if (!size) size = item.respondents, source = &sources_.respondents;
    if (!size) size = options_.respondents, source = &sources_.assumed;
    if (!size) return std::nullopt;
    ++*source;
    return static_cast<std::uint64_t>(std::max(std::round(*size), 1.0));
  }

  ItemScores ceilingOf(std::size_t index, std::uint64_t size) {
    const Item& item = survey_.items[index];
    const Question& question = survey_.questionOf(item);
    RandomStream random(options_.seed, fmt::format("noise ceiling, {}, {}", question.id,
                                                   survey_.populationOf(item).id));
    const auto scores =
        sampleScores(question, *item.observed, size, metrics_, options_.effort, random);
    ItemScores result{index, *item.observed, {}};
    for (const std::size_t m : metrics_) {
      auto& mean = result.scores.emplace_back();
      if (!scores[m]) continue;
      mean = scores[m]->mean;
      squaredErrors_[m] += scores[m]->standardError * scores[m]->standardError;
    }
    return result;
  }

  ItemScores uniformOf(std::size_t index) const {
    const Item& item = survey_.items[index];
    const Question& question = survey_.questionOf(item);
    return {
        index,
        {},
        scoreDistribution(question, *item.observed, uniformDistribution(question.options.size()))};
  }

  const Survey& survey_;
  const NoiseCeilingOptions& options_;
  std::vector<std::size_t> metrics_;
  SampleSizeSources sources_;
  std::vector<ItemScores> ceilings_;
  std::vector<ItemScores> uniforms_;
  std::vector<double> squaredErrors_;  // by metric, summed over items
};

}  // namespace

std::optional<NoiseCeiling> noiseCeiling(const Survey& observed, const Evaluation& evaluation,
                                         const NoiseCeilingOptions& options) {
  if (options.respondents && !(*options.respondents >= 1.0)) {
    throw Error(
        fmt::format("a sample of {} respondents has no noise ceiling", *options.respondents), {},
        "ask for 1 or more");
  }
  ItemCeilings ceilings(observed, options);
  std::vector<Skipped> skipped;
  for (const ItemScores& evaluated : evaluation.items) {
    if (ceilings.add(evaluated)) continue;
    const Item& item = observed.items[evaluated.item];
    skipped.push_back({observed.questionOf(item).id, observed.populationOf(item).id,
                       "neither n_eff nor n is known"});
  }
  if (skipped.size() == evaluation.items.size()) return std::nullopt;
  NoiseCeiling result = std::move(ceilings).result();
  result.ceiling.skipped = std::move(skipped);
  return ceilingFor(std::move(result), observed, evaluation);
}

NoiseCeiling ceilingFor(NoiseCeiling known, const Survey& observed, const Evaluation& evaluation) {
  const MetricMeans figures = meansOfCovered(known, observed, evaluation);
  known.achieved.clear();
  for (std::size_t m = 0; m < itemMetrics().size(); ++m) {
    known.achieved.push_back(achievedShare(figures.means[m], known.uniform.metrics.means[m],
                                           known.ceiling.metrics.means[m], m));
  }
  return known;
}

}  // namespace canvass
