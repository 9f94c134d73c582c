#include "evaluation/evaluation.h"

#include <cmath>
#include <functional>
#include <unordered_map>
#include <utility>

#include "base/error.h"

namespace canvass {
namespace {

// Sums up scores and gives their means.
class Averager {
 public:
  Averager() : means_(itemMetrics().size()) {}

  void add(const ItemScores& item) {
    ++items_;
    for (std::size_t m = 0; m < means_.size(); ++m) {
      if (!item.scores[m]) continue;
      means_[m].mean += *item.scores[m];
      ++means_[m].items;
      if (std::isinf(*item.scores[m])) ++means_[m].infinite;
    }
  }

  MetricMeans result() const {
    MetricMeans result{items_, means_};
    for (MetricMean& mean : result.means) {
      if (mean.items > 0) mean.mean /= static_cast<double>(mean.items);
    }
    return result;
  }

 private:
  std::size_t items_ = 0;
  std::vector<MetricMean> means_;  // sums, until result()
};

// A group without its figures.
Group groupOf(const Population& population) {
  return {population.id, population.name, {}, population.attributes};
}

// Means for each group that `of` puts items into, in the order of first appearance.
std::vector<Group> averageByGroup(const std::vector<ItemScores>& items,
                                  const std::function<Group(const ItemScores&)>& of) {
  std::vector<Group> groups;
  std::vector<Averager> averagers;
  std::unordered_map<std::string, std::size_t> places;
  for (const ItemScores& item : items) {
    Group group = of(item);
    const auto [place, isNew] = places.emplace(group.key, groups.size());
    if (isNew) {
      groups.push_back(std::move(group));
      averagers.emplace_back();
    }
    averagers[place->second].add(item);
  }
  for (std::size_t i = 0; i < groups.size(); ++i) groups[i].metrics = averagers[i].result();
  return groups;
}

}  // namespace

std::vector<std::optional<double>> scoreDistribution(const Question& question,
                                                     const Distribution& observed,
                                                     const Distribution& predicted) {
  std::vector<std::optional<double>> scores;
  try {
    const std::vector<double> values = optionValues(question);
    for (const ItemMetric& metric : itemMetrics()) {
      auto& score = scores.emplace_back();
      if (metric.appliesToScale(question.scale))
        score = metric.score({observed, predicted, values});
    }
  } catch (const Error& error) {
    throw error.at("question " + question.id);
  }
  return scores;
}

Evaluation averageScores(const Survey& observed, std::vector<ItemScores> items) {
  Evaluation evaluation;
  evaluation.items = std::move(items);
  Averager overall;
  for (const ItemScores& item : evaluation.items) overall.add(item);
  evaluation.metrics = overall.result();
  evaluation.byTopic = averageByGroup(evaluation.items, [&](const ItemScores& scores) {
    const std::string& topic = observed.questionOf(observed.items[scores.item]).topic;
    return topic.empty() ? Group{noTopic, noTopic, {}} : Group{topic, topic, {}};
  });
  evaluation.byPopulation = averageByGroup(evaluation.items, [&](const ItemScores& scores) {
    return groupOf(observed.populationOf(observed.items[scores.item]));
  });
  return evaluation;
}

Evaluation evaluate(const Survey& observed, const Predictions& predictions,
                    const EvaluationOptions& options) {
  Matching matching = matchPredictions(observed, predictions, options.only);
  std::vector<ItemScores> items;
  for (MatchedItem& matched : matching.matched) {
    const Item& item = observed.items[matched.item];
    auto scores = scoreDistribution(observed.questionOf(item), *item.observed, matched.predicted);
    items.push_back({matched.item, std::move(matched.predicted), std::move(scores)});
  }
  Evaluation evaluation = averageScores(observed, std::move(items));
  evaluation.model = predictions.model;
  evaluation.skipped = std::move(matching.skipped);
  return evaluation;
}

std::vector<std::size_t> itemsOf(const Evaluation& evaluation) {
  std::vector<std::size_t> items;
  for (const ItemScores& scores : evaluation.items) items.push_back(scores.item);
  return items;
}

}  // namespace canvass
