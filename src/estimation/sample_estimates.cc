#include "estimation/sample_estimates.h"

#include <algorithm>

#include "pooling/matched_inputs.h"
#include "pooling/stacking.h"

namespace canvass {
namespace {

void addItems(const Survey& sample, const Predictions& predictions, SampleEstimates& result) {
  InputMatching matching = matchInputs(sample, {{"predictions", predictions}});
  result.skipped = std::move(matching.skipped);
  for (const MatchedInputs& matched : matching.matched) {
    const Item& item = sample.items[matched.item];
    const auto respondents = effectiveRespondents(item);
    if (!respondents) {
      result.skipped.push_back({sample.questionOf(item).id, sample.populationOf(item).id,
                                "neither n_eff nor n says how many answered"});
      continue;
    }
    result.items.push_back({matched.item,
                            {normalized(*item.observed, "question " + sample.questionOf(item).id),
                             *respondents, matched.predicted.front()},
                            {}});
  }
}

void addQuestion(const Survey& sample, const PredictedTable& table, std::size_t question,
                 SampleEstimates& result) {
  const PredictedTable::Row& row = table.ofQuestion(question);
  std::vector<InterviewedPopulation> interviewed;
  for (const ItemEstimate& estimate : result.items) {
    const Item& item = sample.items[estimate.item];
    const auto place = row.find(sample.populationOf(item).id);
    if (item.question != question || !place || estimate.sampled.respondents <= 1.0) continue;
    interviewed.push_back({*place, estimate.sampled.shares, estimate.sampled.respondents});
  }
  if (interviewed.size() < 2) return;
  Distribution mean(row.predicted.front().size(), 0.0);
  for (const Distribution& predicted : row.predicted) {
    for (std::size_t k = 0; k < mean.size(); ++k) mean[k] += predicted[k];
  }
  result.questions.push_back({question, row.predicted.size(), interviewed.size(),
                              rectifyMean(row.predicted, interviewed),
                              normalized(std::move(mean), "mean prediction")});
}

}  // namespace

PredictedTable::PredictedTable(const Predictions& predictions, const Survey& known)
    : rows_(known.questions.size()) {
  const NamedPredictions input{"predictions", predictions};
  const Survey items = withPlaceholders(itemsToCombine({input}, Survey{}, {&known}));
  const SurveyIndex index(known);
  for (const MatchedItem& matched : matchPredictions(items, predictions).matched) {
    const Item& item = items.items[matched.item];
    const auto question = index.question(items.questionOf(item).id);
    if (!question) continue;
    rows_[*question].populations.push_back(items.populationOf(item).id);
    rows_[*question].predicted.push_back(matched.predicted);
  }
}

std::optional<std::size_t> PredictedTable::Row::find(const std::string& population) const {
  const auto found = std::ranges::find(populations, population);
  if (found == populations.end()) return std::nullopt;
  return static_cast<std::size_t>(found - populations.begin());
}

std::optional<double> effectiveRespondents(const Item& item) {
  return item.effectiveSampleSize ? item.effectiveSampleSize : item.respondents;
}

PriorFit fitPriors(const std::vector<SampledItem>& items) {
  PriorFit fit{fitPrior(items), fitPrior(items, Center::even), 0.0, 0.0};
  fit.interviewsSaved = interviewsSaved(items, fit.prior);
  fit.interviewsSavedEvenly = interviewsSaved(items, fit.even);
  return fit;
}

SampleEstimates estimateFromSample(const Survey& sample, const Predictions& predictions) {
  SampleEstimates result;
  addItems(sample, predictions, result);
  std::vector<SampledItem> sampled;
  for (const ItemEstimate& estimate : result.items) sampled.push_back(estimate.sampled);
  result.prior = fitPriors(sampled);
  for (ItemEstimate& estimate : result.items) {
    estimate.shrunk = shrink(estimate.sampled, result.prior.prior);
  }
  const PredictedTable table(predictions, sample);
  for (std::size_t question = 0; question < sample.questions.size(); ++question) {
    addQuestion(sample, table, question, result);
  }
  return result;
}

}  // namespace canvass
