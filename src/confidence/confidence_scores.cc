#include "confidence/confidence_scores.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace canvass {
namespace {

constexpr std::size_t bins = 10;

double calibrationErrorOf(const std::vector<double>& confidences,
                          const std::vector<bool>& trusted) {
  double sums[bins] = {};
  for (std::size_t i = 0; i < confidences.size(); ++i) {
    // Above the lower end, up to the upper one; 0 is in the first.
    const double place = std::ceil(confidences[i] * bins) - 1.0;
    const auto bin = static_cast<std::size_t>(std::clamp(place, 0.0, bins - 1.0));
    sums[bin] += confidences[i] - (trusted[i] ? 1.0 : 0.0);
  }
  double error = 0.0;
  for (const double sum : sums) error += std::abs(sum);
  return error / static_cast<double>(confidences.size());
}

// By ranks, ties in the middle (Mann-Whitney).
std::optional<double> aurocOf(const std::vector<double>& confidences,
                              const std::vector<bool>& trusted) {
  const auto positives = static_cast<double>(std::count(trusted.begin(), trusted.end(), true));
  const double negatives = static_cast<double>(trusted.size()) - positives;
  if (positives == 0.0 || negatives == 0.0) return std::nullopt;
  std::vector<std::size_t> order(confidences.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return confidences[a] < confidences[b]; });
  double ranks = 0.0;
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first;
    while (end < order.size() && confidences[order[end]] == confidences[order[first]]) ++end;
    const double rank = 0.5 * static_cast<double>(first + 1 + end);
    for (; first < end; ++first) ranks += trusted[order[first]] ? rank : 0.0;
  }
  return (ranks - positives * (positives + 1.0) / 2.0) / (positives * negatives);
}

}  // namespace

ConfidenceScores scoreConfidences(const std::vector<double>& confidences,
                                  const std::vector<bool>& trusted) {
  ConfidenceScores scores;
  scores.items = confidences.size();
  if (confidences.empty()) return scores;
  const auto count = static_cast<double>(confidences.size());
  scores.trusted = static_cast<double>(std::count(trusted.begin(), trusted.end(), true)) / count;
  for (std::size_t i = 0; i < confidences.size(); ++i) {
    const double difference = confidences[i] - (trusted[i] ? 1.0 : 0.0);
    scores.brier += difference * difference / count;
  }
  scores.brierOfConstant = scores.trusted * (1.0 - scores.trusted);
  scores.calibrationError = calibrationErrorOf(confidences, trusted);
  scores.auroc = aurocOf(confidences, trusted);
  return scores;
}

}  // namespace canvass
