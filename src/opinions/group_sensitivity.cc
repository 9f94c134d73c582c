#include "opinions/group_sensitivity.h"

#include <algorithm>
#include <cmath>

#include "evaluation/evaluation.h"
#include "opinions/estimate.h"

namespace canvass {
namespace {

// Sums of squares and products of one question's deviations, divided by G - 1.
struct Deviations {
  std::size_t items = 0;
  std::size_t sized = 0;
  double predicted = 0.0, observed = 0.0, product = 0.0;  // noise is in them
  double predictedNoise = 0.0, observedNoise = 0.0;
};

double samplingVariance(const Distribution& shares, double respondents) {
  double sum = 0.0;
  for (const double share : shares) sum += share * (1.0 - share);
  return sum / (respondents - 1.0);
}

std::optional<double> sizeOf(const Item& item) {
  const auto size = item.effectiveSampleSize ? item.effectiveSampleSize : item.respondents;
  return size && *size > 1.0 ? size : std::nullopt;
}

Distribution meanShares(const std::vector<const Distribution*>& all) {
  Distribution mean(all.front()->size(), 0.0);
  for (const Distribution* one : all) {
    for (std::size_t k = 0; k < mean.size(); ++k) {
      mean[k] += (*one)[k] / static_cast<double>(all.size());
    }
  }
  return mean;
}

// Nothing if fewer than two populations have both an observed and a predicted distribution.
std::optional<Deviations> deviationsOf(const Survey& survey, const SteeredAnswers& answers,
                                       const std::vector<std::size_t>& items) {
  std::vector<const Distribution*> predicted, observed;
  Deviations result;
  for (const std::size_t i : items) {
    if (!answers.byItem[i]) continue;
    predicted.push_back(&*answers.byItem[i]);
    observed.push_back(&*survey.items[i].observed);
    ++result.items;
    if (const auto size = sizeOf(survey.items[i])) {
      ++result.sized;
      result.observedNoise += samplingVariance(*observed.back(), *size);
    }
    const auto& texts = answers.texts[i];
    if (texts && *texts > 1.0) result.predictedNoise += samplingVariance(*predicted.back(), *texts);
  }
  if (result.items < 2) return std::nullopt;
  const Distribution meanPredicted = meanShares(predicted);
  const Distribution meanObserved = meanShares(observed);
  const double scale = 1.0 / static_cast<double>(result.items - 1);
  for (std::size_t g = 0; g < predicted.size(); ++g) {
    for (std::size_t k = 0; k < meanPredicted.size(); ++k) {
      const double p = (*predicted[g])[k] - meanPredicted[k];
      const double o = (*observed[g])[k] - meanObserved[k];
      result.predicted += scale * p * p;
      result.observed += scale * o * o;
      result.product += scale * p * o;
    }
  }
  result.predictedNoise /= static_cast<double>(result.items);
  result.observedNoise /= static_cast<double>(result.items);
  return result;
}

// A variance below is rounding: a model that ignores the population has no direction.
constexpr double noVariance = 1e-9;

QuestionRatio ratioOf(const ItemColumn& above, const ItemColumn& below,
                      const CrossedBootstrap& bootstrap) {
  const double denominator = meanOfColumn(below);
  const double ratio = meanOfColumn(above) / denominator;
  const auto means = bootstrap.means(std::vector{above, below});
  std::vector<double> resampled;
  for (std::size_t r = 0; r < means[0].size(); ++r) resampled.push_back(means[0][r] / means[1][r]);
  std::vector<double> influence = influenceOnMean(above);
  const std::vector<double> ofBelow = influenceOnMean(below);
  for (std::size_t q = 0; q < influence.size(); ++q) {
    influence[q] = (influence[q] - ratio * ofBelow[q]) / denominator;
  }
  auto interval = bootstrap.interval(ratio, resampled, influence);
  // No true variance is below 0, though one without its noise may be.
  if (interval) interval->low = std::max(interval->low, std::min(ratio, 0.0));
  return {ratio, interval};
}

QuestionRatio correlationOf(const ItemColumn& product, const ItemColumn& predicted,
                            const ItemColumn& observed, const CrossedBootstrap& bootstrap) {
  const double p = meanOfColumn(predicted);
  const double o = meanOfColumn(observed);
  const double correlation = meanOfColumn(product) / std::sqrt(p * o);
  const auto means = bootstrap.means(std::vector{product, predicted, observed});
  std::vector<double> resampled;
  for (std::size_t r = 0; r < means[0].size(); ++r) {
    resampled.push_back(means[0][r] / std::sqrt(means[1][r] * means[2][r]));
  }
  std::vector<double> influence = influenceOnMean(product);
  const std::vector<double> ofPredicted = influenceOnMean(predicted);
  const std::vector<double> ofObserved = influenceOnMean(observed);
  for (std::size_t q = 0; q < influence.size(); ++q) {
    influence[q] = influence[q] / std::sqrt(p * o) -
                   0.5 * correlation * (ofPredicted[q] / p + ofObserved[q] / o);
  }
  auto interval = bootstrap.interval(correlation, resampled, influence);
  if (interval) *interval = {std::max(interval->low, -1.0), std::min(interval->high, 1.0)};
  return {correlation, interval};
}

Sensitivity sensitivityOf(const std::vector<Deviations>& questions, const BootstrapOptions& options,
                          const std::string& stream) {
  Sensitivity result;
  result.questions = questions.size();
  if (questions.empty()) return result;
  ItemColumn predicted, observed, product, predictedTrue, observedTrue;
  for (const Deviations& one : questions) {
    result.items += one.items;
    result.sizedItems += one.sized;
    predicted.push_back(one.predicted);
    observed.push_back(one.observed);
    product.push_back(one.product);
    predictedTrue.push_back(one.predicted - one.predictedNoise);
    observedTrue.push_back(one.observed - one.observedNoise);
  }
  result.predictedVariance = meanOfColumn(predictedTrue);
  result.observedVariance = meanOfColumn(observedTrue);
  const CrossedBootstrap bootstrap = questionBootstrap(questions.size(), options, stream);
  if (result.observedVariance > noVariance) {
    result.ratio = ratioOf(predictedTrue, observedTrue, bootstrap);
    if (result.sizedItems == result.items) {
      result.correlationCeiling = std::sqrt(result.observedVariance / meanOfColumn(observed));
    }
  }
  if (meanOfColumn(predicted) > noVariance && meanOfColumn(observed) > noVariance) {
    result.correlation = correlationOf(product, predicted, observed, bootstrap);
  }
  return result;
}

}  // namespace

GroupSensitivity groupSensitivity(const Survey& survey, const SteeredAnswers& answers,
                                  const BootstrapOptions& options) {
  const auto itemsOf = observedItemsByQuestion(survey);
  std::vector<Deviations> all;
  std::vector<std::string> topics;
  std::vector<std::vector<Deviations>> ofTopic;
  for (std::size_t q = 0; q < survey.questions.size(); ++q) {
    const auto deviations = deviationsOf(survey, answers, itemsOf[q]);
    if (!deviations) continue;
    all.push_back(*deviations);
    const std::string& topic = survey.questions[q].topic;
    const std::string name = topic.empty() ? noTopic : topic;
    const auto place = std::ranges::find(topics, name) - topics.begin();
    if (place == std::ssize(topics)) {
      topics.push_back(name);
      ofTopic.emplace_back();
    }
    ofTopic[static_cast<std::size_t>(place)].push_back(*deviations);
  }
  GroupSensitivity result;
  result.run = answers.name;
  result.overall = sensitivityOf(all, options, "sensitivity");
  for (std::size_t t = 0; t < topics.size(); ++t) {
    result.byTopic.push_back(
        {topics[t], sensitivityOf(ofTopic[t], options, "sensitivity in " + topics[t])});
  }
  return result;
}

}  // namespace canvass
