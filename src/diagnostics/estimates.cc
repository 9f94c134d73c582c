#include "diagnostics/estimates.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "stats/item_metrics.h"

namespace canvass {
namespace {

// Standard errors tell the size of the sample that would have them: p (1 - p) / n each.
std::optional<double> sizeByStandardErrors(const Item& item) {
  if (!item.standardErrors) return std::nullopt;
  double binomial = 0.0;
  double squares = 0.0;
  for (std::size_t k = 0; k < item.observed->size(); ++k) {
    const double share = (*item.observed)[k];
    binomial += share * (1.0 - share);
    squares += (*item.standardErrors)[k] * (*item.standardErrors)[k];
  }
  return squares > 0.0 ? std::optional(binomial / squares) : std::nullopt;
}

std::vector<Quantity> quantitiesOf(const Question& question, std::size_t index) {
  const std::size_t options = question.options.size();
  if (question.scale != Scale::nominal) return {{index, unitValues(question)}};
  std::vector<Quantity> quantities;
  const std::size_t count = options == 2 ? 1 : options;
  for (std::size_t k = 0; k < count; ++k) {
    quantities.push_back({index, std::vector<double>(options, 0.0)});
    quantities.back().weights[k] = 1.0;
  }
  return quantities;
}

double weightedSum(const std::vector<double>& weights, const Distribution& shares) {
  return std::inner_product(weights.begin(), weights.end(), shares.begin(), 0.0);
}

// Fills in the deviations from the quantity's means.
void center(std::vector<Estimate>& estimates) {
  const double count = static_cast<double>(estimates.size());
  double predicted = 0.0;
  double observed = 0.0;
  double variances = 0.0;
  for (const Estimate& one : estimates) {
    predicted += one.predicted / count;
    observed += one.observed / count;
    variances += one.samplingVariance.value_or(0.0);
  }
  for (Estimate& one : estimates) {
    one.predictedDeviation = one.predicted - predicted;
    one.observedDeviation = one.observed - observed;
    one.deviationVariance =
        one.samplingVariance.value_or(0.0) * (1.0 - 2.0 / count) + variances / (count * count);
  }
}

bool tellPopulationsApart(const std::vector<std::vector<Estimate>>& byQuantity) {
  double predicted = 0.0;
  double observed = 0.0;
  for (const std::vector<Estimate>& estimates : byQuantity) {
    for (const Estimate& one : estimates) {
      predicted += one.predictedDeviation * one.predictedDeviation;
      observed += one.observedDeviation * one.observedDeviation;
    }
  }
  return predicted > 0.01 * observed;
}

}  // namespace

std::optional<double> effectiveSizeOf(const Item& item, std::optional<double> assumed) {
  if (const auto size = sizeByStandardErrors(item)) return size;
  if (item.effectiveSampleSize) return item.effectiveSampleSize;
  return item.respondents ? item.respondents : assumed;
}

std::optional<double> samplingVarianceOf(const Item& item, const Quantity& quantity,
                                         double observed, std::optional<double> assumed) {
  const auto size = effectiveSizeOf(item, assumed);
  if (!size) return std::nullopt;
  double squares = 0.0;
  for (std::size_t k = 0; k < quantity.weights.size(); ++k) {
    squares += quantity.weights[k] * quantity.weights[k] * (*item.observed)[k];
  }
  // Of the sample, so divided by n - 1.
  return std::max(squares - observed * observed, 0.0) / std::max(*size - 1.0, 1.0);
}

std::vector<double> unitValues(const Question& question) {
  if (question.scale == Scale::nominal) return {};
  std::vector<double> values = optionValues(question);
  if (values.empty()) {
    values.resize(question.options.size());
    std::iota(values.begin(), values.end(), 0.0);
  }
  const auto [lowest, highest] = std::ranges::minmax(values);
  for (double& value : values) value = (value - lowest) / (highest - lowest);
  return values;
}

Estimates estimatesOf(const Survey& observed, std::span<const MatchedItem> items,
                      std::optional<double> assumed) {
  Estimates result;
  std::unordered_map<std::size_t, std::size_t> firstOfQuestion;
  result.items = items.size();
  for (std::size_t row = 0; row < items.size(); ++row) {
    const Item& item = observed.items[items[row].item];
    const auto [first, isNew] = firstOfQuestion.emplace(item.question, result.quantities.size());
    if (isNew) {
      for (Quantity& one : quantitiesOf(observed.questionOf(item), item.question)) {
        result.quantities.push_back(std::move(one));
      }
      result.byQuantity.resize(result.quantities.size());
    }
    if (effectiveSizeOf(item, assumed)) ++result.itemsWithSize;
    for (std::size_t q = first->second; q < result.quantities.size(); ++q) {
      const Quantity& quantity = result.quantities[q];
      if (quantity.question != item.question) break;
      Estimate one{q, row, item.population};
      one.predicted = weightedSum(quantity.weights, items[row].predicted);
      one.observed = weightedSum(quantity.weights, *item.observed);
      one.samplingVariance = samplingVarianceOf(item, quantity, one.observed, assumed);
      result.byQuantity[q].push_back(one);
    }
  }
  for (std::vector<Estimate>& estimates : result.byQuantity) center(estimates);
  result.tellsPopulationsApart = tellPopulationsApart(result.byQuantity);
  return result;
}

}  // namespace canvass
