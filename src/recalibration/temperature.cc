#include "recalibration/temperature.h"

#include <algorithm>
#include <cmath>

#include "recalibration/calibrator.h"
#include "stats/metrics.h"

namespace canvass {
namespace {

constexpr double consistency = 1e-3;

double expectation(const std::vector<double>& logits, const Distribution& shares) {
  double sum = 0.0;
  for (std::size_t k = 0; k < logits.size(); ++k) {
    if (shares[k] > 0.0) sum += shares[k] * logits[k];
  }
  return sum;
}

double derivative(const std::vector<LogitsAndShares>& items, double temperature) {
  double sum = 0.0;
  for (const LogitsAndShares& item : items) {
    sum += expectation(item.logits, softmax(item.logits, temperature)) -
           expectation(item.logits, item.observed);
  }
  return sum;
}

}  // namespace

std::vector<double> logitsOf(const Prediction& prediction) {
  if (!prediction.logits.empty() &&
      tvd(softmax(prediction.logits), prediction.probabilities) <= consistency) {
    return prediction.logits;
  }
  std::vector<double> logits;
  for (const double probability : prediction.probabilities) logits.push_back(std::log(probability));
  return logits;
}

Distribution softmax(const std::vector<double>& logits, double temperature) {
  const double largest = std::ranges::max(logits);
  Distribution result;
  double sum = 0.0;
  for (const double logit : logits) {
    result.push_back(std::exp((logit - largest) / temperature));
    sum += result.back();
  }
  for (double& share : result) share /= sum;
  return result;
}

double fitTemperature(const std::vector<LogitsAndShares>& items) {
  double cold = std::log(lowestTemperature);
  double hot = std::log(highestTemperature);
  if (derivative(items, highestTemperature) >= 0.0) return highestTemperature;
  if (derivative(items, lowestTemperature) <= 0.0) return lowestTemperature;
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (cold + hot);
    (derivative(items, std::exp(middle)) > 0.0 ? cold : hot) = middle;
  }
  return std::exp(0.5 * (cold + hot));
}

}  // namespace canvass
