#include "intervals/calibration_items.h"

namespace canvass {

std::vector<double> samplingVariances(const Item& item) {
  const Distribution& shares = *item.observed;
  std::vector<double> variances(shares.size(), 0.0);
  if (item.standardErrors) {
    for (std::size_t k = 0; k < shares.size(); ++k) {
      variances[k] = (*item.standardErrors)[k] * (*item.standardErrors)[k];
    }
    return variances;
  }
  const auto respondents = item.effectiveSampleSize ? item.effectiveSampleSize : item.respondents;
  if (!respondents) return variances;
  const double added = 0.5 * static_cast<double>(shares.size());
  for (std::size_t k = 0; k < shares.size(); ++k) {
    const double share = (shares[k] * *respondents + 0.5) / (*respondents + added);
    variances[k] = share * (1.0 - share) / *respondents;
  }
  return variances;
}

CalibrationItems calibrationItems(const Survey& observed, const Predictions& predictions) {
  Matching matching = matchPredictions(observed, predictions);
  CalibrationItems result;
  result.skipped = std::move(matching.skipped);
  for (MatchedItem& matched : matching.matched) {
    const Item& item = observed.items[matched.item];
    const Question& question = observed.questionOf(item);
    result.items.push_back({question.id, observed.populationOf(item).id, question.topic,
                            labelsOf(question), std::move(matched.predicted), *item.observed,
                            samplingVariances(item)});
  }
  return result;
}

}  // namespace canvass
