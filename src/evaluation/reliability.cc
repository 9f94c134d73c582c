#include "evaluation/reliability.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "stats/metrics.h"

namespace canvass {
namespace {

// A probability and what came of it.
struct Outcome {
  double confidence;
  double accuracy;
};

// Upper ends of bins: 1/bins, 2/bins, ... 1.
std::vector<double> equalWidths(std::size_t bins) {
  std::vector<double> ends;
  for (std::size_t b = 1; b <= bins; ++b) {
    ends.push_back(static_cast<double>(b) / static_cast<double>(bins));
  }
  return ends;
}

// Upper ends at the confidences below which 1/bins, 2/bins, ... of the outcomes lie; equal ones
// are one end.
std::vector<double> equalMasses(const std::vector<Outcome>& outcomes, std::size_t bins) {
  std::vector<double> sorted;
  for (const Outcome& outcome : outcomes) sorted.push_back(outcome.confidence);
  std::ranges::sort(sorted);
  std::vector<double> ends;
  for (std::size_t b = 1; b <= bins && !sorted.empty(); ++b) {
    const std::size_t count = (b * sorted.size() + bins - 1) / bins;
    if (ends.empty() || sorted[count - 1] > ends.back()) ends.push_back(sorted[count - 1]);
  }
  return ends;
}

Reliability reliabilityOf(const std::vector<Outcome>& outcomes, double lowest,
                          const std::vector<double>& ends) {
  Reliability result;
  for (const double end : ends) {
    result.bins.push_back({result.bins.empty() ? lowest : result.bins.back().high, end, 0, 0, 0});
  }
  for (const Outcome& outcome : outcomes) {
    const auto place = std::ranges::lower_bound(ends, outcome.confidence) - ends.begin();
    // Rounding can carry a sum of probabilities past 1.
    ReliabilityBin& bin =
        result.bins[std::min(static_cast<std::size_t>(place), result.bins.size() - 1)];
    ++bin.items;
    bin.confidence += outcome.confidence;
    bin.accuracy += outcome.accuracy;
  }
  for (ReliabilityBin& bin : result.bins) {
    if (bin.items == 0) continue;
    result.error += std::abs(bin.accuracy - bin.confidence) / static_cast<double>(outcomes.size());
    bin.confidence /= static_cast<double>(bin.items);
    bin.accuracy /= static_cast<double>(bin.items);
  }
  return result;
}

ItemCalibration calibrationOfItem(const ItemScores& scores, const Distribution& observed) {
  const Distribution& predicted = scores.predicted;
  return {scores.item,
          std::ranges::max(predicted),
          topAgreement(observed, predicted),
          entropy(predicted) - entropy(observed),
          rankAgreement(observed, predicted),
          tvd(observed, predicted)};
}

}  // namespace

Calibration calibrationOf(const Survey& observed, const Evaluation& evaluation, std::size_t bins) {
  if (bins == 0) throw Error("a reliability curve needs at least 1 bin");
  Calibration result;
  std::vector<Outcome> tops;
  std::vector<Outcome> shares;
  const double weight =
      1.0 / static_cast<double>(std::max<std::size_t>(evaluation.items.size(), 1));
  for (const ItemScores& scores : evaluation.items) {
    const Distribution& shown = *observed.items[scores.item].observed;
    const ItemCalibration& item = result.items.emplace_back(calibrationOfItem(scores, shown));
    result.accuracy += weight * item.accuracy;
    result.confidence += weight * item.confidence;
    result.entropyError += weight * item.entropyError;
    tops.push_back({item.confidence, item.accuracy});
    for (std::size_t k = 0; k < shown.size(); ++k)
      shares.push_back({scores.predicted[k], shown[k]});
  }
  const double least =
      tops.empty() ? 0.0 : std::ranges::min(tops, {}, &Outcome::confidence).confidence;
  result.equalWidth = reliabilityOf(tops, 0.0, equalWidths(bins));
  result.equalMass = reliabilityOf(tops, least, equalMasses(tops, bins));
  result.shares = reliabilityOf(shares, 0.0, equalWidths(bins));
  return result;
}

}  // namespace canvass
