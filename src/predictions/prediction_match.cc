#include "predictions/prediction_match.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace canvass {
namespace {

// Why the probabilities are not a distribution over the labels; empty if they are one.
std::string faultOfProbabilities(const std::vector<double>& probabilities,
                                 const std::vector<std::string>& labels) {
  if (probabilities.size() != labels.size()) {
    return fmt::format("{} probabilities for {} options", probabilities.size(), labels.size());
  }
  for (std::size_t k = 0; k < labels.size(); ++k) {
    const double value = probabilities[k];
    if (std::isnan(value)) return fmt::format("the probability of {} is not a number", labels[k]);
    if (std::isinf(value)) return fmt::format("the probability of {} is infinite", labels[k]);
    if (value < 0.0) return fmt::format("the probability of {} is negative", labels[k]);
  }
  const double sum = std::accumulate(probabilities.begin(), probabilities.end(), 0.0);
  if (std::abs(sum - 1.0) <= predictionSumTolerance) return {};
  return fmt::format("the probabilities sum to {:.6g}", sum);
}

std::string faultOfPrediction(const Prediction& prediction, const Question& question) {
  if (!prediction.failure.empty()) return "the model gave no answer: " + prediction.failure;
  const std::vector<std::string> wanted = labelsOf(question);
  if (!std::ranges::is_permutation(prediction.labels, wanted)) {
    return fmt::format("predicted for the labels {}, but the question's are {}",
                       fmt::join(prediction.labels, " "), fmt::join(wanted, " "));
  }
  const std::string fault = faultOfProbabilities(prediction.probabilities, prediction.labels);
  return fault.empty() ? fault : "prediction: " + fault;
}

std::string faultOfObserved(const Item& item, const Question& question) {
  if (!item.observed) return "no observed distribution";
  const std::string fault = faultOfProbabilities(*item.observed, labelsOf(question));
  return fault.empty() ? fault : "observed: " + fault;
}

// The probabilities in the order of the question's options, summing to 1. The labels are known to
// be the same set.
Distribution inQuestionOrder(const Prediction& prediction, const Question& question) {
  Distribution result;
  for (const Option& option : question.options) {
    const auto label = std::ranges::find(prediction.labels, option.label);
    result.push_back(
        prediction.probabilities[static_cast<std::size_t>(label - prediction.labels.begin())]);
  }
  return normalized(std::move(result), question.id);
}

// Iterates once over predictions and once over items; holds what both need.
class Matcher {
 public:
  Matcher(const Survey& observed, const Predictions& predictions)
      : survey_(observed), predictions_(predictions), predictionsOf_(observed.items.size()) {
    const SurveyIndex index(observed);
    for (std::size_t i = 0; i < predictions.predictions.size(); ++i) place(index, i);
  }

  void passOverStrays() { result_.skipped.clear(); }

  void match(std::size_t itemIndex) {
    const std::string reason = reasonToSkip(itemIndex);
    const Item& item = survey_.items[itemIndex];
    if (reason.empty()) {
      const Prediction& prediction = predictions_.predictions[predictionsOf_[itemIndex].front()];
      result_.matched.push_back({itemIndex, inQuestionOrder(prediction, survey_.questionOf(item))});
    } else {
      result_.skipped.push_back(
          {survey_.questionOf(item).id, survey_.populationOf(item).id, reason});
    }
  }

  Matching take() { return std::move(result_); }

 private:
  // Files the prediction under its item, or among the skipped if the survey has none.
  void place(const SurveyIndex& index, std::size_t i) {
    const Prediction& prediction = predictions_.predictions[i];
    if (const auto item = index.item(prediction.question, prediction.population)) {
      predictionsOf_[*item].push_back(i);
    } else {
      const char* missing = !index.question(prediction.question) ? "question"
                            : !index.population(prediction.population)
                                ? "population"
                                : "item of this question and population";
      result_.skipped.push_back({prediction.question, prediction.population,
                                 fmt::format("predicted, but the survey has no such {}", missing)});
    }
  }

  std::string reasonToSkip(std::size_t itemIndex) const {
    const Item& item = survey_.items[itemIndex];
    const Question& question = survey_.questionOf(item);
    const std::string fault = faultOfObserved(item, question);
    if (!fault.empty()) return fault;
    const auto& candidates = predictionsOf_[itemIndex];
    if (candidates.empty()) return "no prediction";
    if (candidates.size() > 1) return fmt::format("predicted {} times", candidates.size());
    return faultOfPrediction(predictions_.predictions[candidates.front()], question);
  }

  const Survey& survey_;
  const Predictions& predictions_;
  std::vector<std::vector<std::size_t>> predictionsOf_;  // by item
  Matching result_;
};

}  // namespace

Matching matchPredictions(const Survey& observed, const Predictions& predictions,
                          const std::optional<std::vector<std::size_t>>& only) {
  Matcher matcher(observed, predictions);
  if (only) {
    matcher.passOverStrays();
    for (const std::size_t item : *only) matcher.match(item);
  } else {
    for (std::size_t item = 0; item < observed.items.size(); ++item) matcher.match(item);
  }
  return matcher.take();
}

}  // namespace canvass
