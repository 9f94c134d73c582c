#include "estimation/interview_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.h"
#include "base/list_text.h"
#include "predictions/prediction_match.h"

namespace canvass {
namespace {

constexpr std::size_t fewestPopulations = 5;
constexpr std::size_t fewestQuestions = 3;
constexpr std::size_t fewestRespondents = 2;

using Matched = std::vector<const MatchedItem*>;

// 1 / n of an item, 0 where nobody says.
double inverseSize(const Item& item) {
  const auto size = item.effectiveSampleSize ? item.effectiveSampleSize : item.respondents;
  return size ? 1.0 / std::max(*size, 2.0) : 0.0;
}

// Sums over the options of one question.
struct OptionSums {
  double sampling = 0.0;  // sum p (1 - p), mean over populations
  double noise = 0.0;     // of the survey's own sampling, mean over populations
  double observed = 0.0;  // variances and covariance between populations
  double predicted = 0.0;
  double both = 0.0;
  double itemErrors = 0.0;
  double meanErrors = 0.0;
};

OptionSums sumsOf(const Survey& survey, const Matched& items) {
  OptionSums sums;
  const double count = static_cast<double>(items.size());
  const std::size_t options = items.front()->predicted.size();
  for (std::size_t k = 0; k < options; ++k) {
    double observedMean = 0.0;
    double predictedMean = 0.0;
    for (const MatchedItem* one : items) {
      observedMean += (*survey.items[one->item].observed)[k] / count;
      predictedMean += one->predicted[k] / count;
    }
    sums.meanErrors += (predictedMean - observedMean) * (predictedMean - observedMean);
    for (const MatchedItem* one : items) {
      const Item& item = survey.items[one->item];
      const double share = (*item.observed)[k];
      const double o = share - observedMean;
      const double p = one->predicted[k] - predictedMean;
      const double error = one->predicted[k] - share;
      sums.observed += o * o / (count - 1.0);
      sums.predicted += p * p / (count - 1.0);
      sums.both += o * p / (count - 1.0);
      sums.itemErrors += error * error / count;
      sums.sampling += share * (1.0 - share) / count;
      sums.noise += share * (1.0 - share) * inverseSize(item) / count;
    }
  }
  return sums;
}

void add(const OptionSums& sums, double options, QuestionVariances& variances) {
  const double weight =
      sums.predicted > 0.0 ? std::clamp(sums.both / sums.predicted, 0.0, 1.0) : 0.0;
  const double between = std::max(sums.observed - sums.noise, 0.0);
  variances.sampling += sums.sampling;
  variances.between += between;
  variances.left += std::clamp(
      sums.observed - 2.0 * weight * sums.both + weight * weight * sums.predicted - sums.noise, 0.0,
      between);
  variances.itemError += std::max(sums.itemErrors - sums.noise, 0.0);
  variances.meanError += sums.meanErrors;
  variances.options += options;
  ++variances.questions;
}

QuestionVariances variancesOf(const Survey& survey, const Predictions& predictions) {
  const Matching matching = matchPredictions(survey, predictions);
  std::map<std::size_t, Matched> byQuestion;
  for (const MatchedItem& one : matching.matched) {
    byQuestion[survey.items[one.item].question].push_back(&one);
  }
  QuestionVariances variances;
  for (const auto& [question, items] : byQuestion) {
    if (items.size() < fewestPopulations) continue;
    add(sumsOf(survey, items), static_cast<double>(items.front()->predicted.size()), variances);
  }
  if (variances.questions < fewestQuestions) {
    throw Error(fmt::format("{} of {} or more populations: too few to learn from",
                            counted(variances.questions, "observed and predicted question"),
                            fewestPopulations),
                {}, fmt::format("give {} or more", fewestQuestions));
  }
  const double count = static_cast<double>(variances.questions);
  for (double* sum : {&variances.sampling, &variances.between, &variances.left,
                      &variances.itemError, &variances.meanError, &variances.options}) {
    *sum /= count;
  }
  return variances;
}

// Of a share, from the sum of the variances of a question's.
double errorOf(double variance, const QuestionVariances& variances) {
  return std::sqrt(variance / variances.options);
}

InterviewPlan planOf(const QuestionVariances& of, double interviewed, double respondents,
                     double all) {
  InterviewPlan plan{static_cast<std::size_t>(interviewed), static_cast<std::size_t>(respondents)};
  const double sampling = of.sampling / respondents;
  const auto ofMean = [&](double between) {
    return (1.0 - interviewed / all) * between / interviewed + sampling / interviewed;
  };
  plan.meanOfSample = errorOf(ofMean(of.between), of);
  // A weight that is fitted to fewer populations is taken to be 0.
  const bool isRectified = plan.populations >= fewestPopulations;
  plan.meanWithPredictions = errorOf(ofMean(isRectified ? of.left : of.between), of);
  const double shrunk = of.itemError * sampling / std::max(of.itemError + sampling, 1e-300);
  plan.eachWithPredictions =
      errorOf((interviewed * shrunk + (all - interviewed) * of.itemError) / all, of);
  if (interviewed == all) plan.eachOfSample = errorOf(sampling, of);
  return plan;
}

std::size_t indexOfLeast(const std::vector<InterviewPlan>& plans, double InterviewPlan::*error) {
  return static_cast<std::size_t>(std::ranges::min_element(plans, {}, error) - plans.begin());
}

}  // namespace

InterviewPlans planInterviews(const Survey& observed, const Predictions& predictions,
                              const InterviewCosts& costs) {
  InterviewPlans result;
  result.variances = variancesOf(observed, predictions);
  const std::size_t all = costs.populations.value_or(observed.populations.size());
  for (std::size_t count = 2; count <= all; ++count) {
    const double populations = static_cast<double>(count);
    const double respondents = std::floor(costs.budget / populations - costs.perPopulation);
    if (respondents < static_cast<double>(fewestRespondents)) break;
    result.plans.push_back(
        planOf(result.variances, populations, respondents, static_cast<double>(all)));
  }
  if (result.plans.empty()) {
    throw Error(fmt::format("a budget of {:g} does not pay {} interviews in 2 populations",
                            costs.budget, fewestRespondents),
                {}, "give a larger --budget, or a lower --cost-per-population");
  }
  result.bestForMean = indexOfLeast(result.plans, &InterviewPlan::meanWithPredictions);
  result.bestForEach = indexOfLeast(result.plans, &InterviewPlan::eachWithPredictions);
  result.meanOfPredictions = errorOf(result.variances.meanError, result.variances);
  result.eachOfPredictions = errorOf(result.variances.itemError, result.variances);
  return result;
}

}  // namespace canvass
