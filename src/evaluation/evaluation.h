#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "predictions/prediction_match.h"
#include "predictions/predictions.h"
#include "stats/item_metrics.h"
#include "survey/survey.h"

namespace canvass {

// The mean of one metric, with its denominator.
struct MetricMean {
  double mean = 0.0;         // infinite if any item's score is; meaningless for 0 items
  std::size_t items = 0;     // the denominator: items that have this metric
  std::size_t infinite = 0;  // of these, how many score infinity (kl if q = 0 < p)
};

// Means over some items. `means` follows itemMetrics(), here as everywhere below.
struct MetricMeans {
  std::size_t items = 0;
  std::vector<MetricMean> means;
};

// The items of one topic or one population.
struct Group {
  std::string key;   // the topic, or the population's id
  std::string name;  // the topic, or the population's name
  MetricMeans metrics;
  std::map<std::string, std::string> attributes = {};  // the population's
};

// The scores of one item; nothing if a metric does not apply (emd of a nominal question).
struct ItemScores {
  std::size_t item = 0;    // index into the items of the observed survey
  Distribution predicted;  // in the question's order
  std::vector<std::optional<double>> scores;
};

// The evaluation of one predictor's predictions. Bootstrap intervals, noise ceilings and
// calibration are functions of this object and the observed survey: `items` holds all that
// resampling needs.
struct Evaluation {
  std::string model;           // Predictions::model
  MetricMeans metrics;         // over all items
  std::vector<Group> byTopic;  // in the survey's order; topicless questions under noTopic
  std::vector<Group> byPopulation;
  std::vector<ItemScores> items;
  std::vector<Skipped> skipped;
};

// The topic of questions that have none.
inline constexpr const char* noTopic = "(no topic)";

struct EvaluationOptions {
  // Indices of the observed items to evaluate; all of them by default.
  std::optional<std::vector<std::size_t>> only;
};

// Scores each item that has both an observed and a predicted distribution. Means are over items,
// unweighted. Throws Error naming the question if the values of an ordered question's options are
// given for some options only, or are not in order.
Evaluation evaluate(const Survey& observed, const Predictions& predictions,
                    const EvaluationOptions& options = {});

// The scores of one prediction by itemMetrics(); nothing if a metric does not apply. Throws Error
// naming the question as evaluate does.
std::vector<std::optional<double>> scoreDistribution(const Question& question,
                                                     const Distribution& observed,
                                                     const Distribution& predicted);

// The means of scores that are known already, over all items and by group; without a model's name
// and without skipped items.
Evaluation averageScores(const Survey& observed, std::vector<ItemScores> items);

// The indices of the observed items that an evaluation counts.
std::vector<std::size_t> itemsOf(const Evaluation& evaluation);

}  // namespace canvass
