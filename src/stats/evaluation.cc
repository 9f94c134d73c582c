#include "stats/evaluation.h"

#include <cmath>
#include <functional>
#include <unordered_map>

#include "base/error.h"

namespace canvass {
namespace {

// The values of a question's options; empty for a nominal question and where it has none.
std::vector<double> optionValues(const Question& question) {
  std::vector<double> values;
  if (question.scale == Scale::nominal) return values;
  for (const Option& option : question.options) {
    if (option.value) values.push_back(*option.value);
  }
  if (!values.empty() && values.size() != question.options.size()) {
    throw Error("some options have a value and others have none", {},
                "give all options a value, or none for equal gaps");
  }
  return values;
}

ItemScores scoreItem(const Survey& survey, const MatchedItem& matched) {
  const Item& item = survey.items[matched.item];
  const Question& question = survey.questionOf(item);
  const std::vector<double> values = optionValues(question);
  const Comparison comparison{*item.observed, matched.predicted, values};
  ItemScores result{matched.item, matched.predicted, {}};
  for (const ItemMetric& metric : itemMetrics()) {
    auto& score = result.scores.emplace_back();
    if (metric.appliesToScale(question.scale)) score = metric.score(comparison);
  }
  return result;
}

// As scoreItem, with the question named in its errors.
ItemScores scoreItemOrNameIt(const Survey& survey, const MatchedItem& matched) {
  try {
    return scoreItem(survey, matched);
  } catch (const Error& error) {
    throw Error(error.what(), "question " + survey.questionOf(survey.items[matched.item]).id);
  }
}

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

struct GroupName {
  std::string key;
  std::string name;
};

// Means for each group that `nameOf` puts items into, in the order of first appearance.
std::vector<Group> averageByGroup(const std::vector<ItemScores>& items,
                                  const std::function<GroupName(const ItemScores&)>& nameOf) {
  std::vector<Group> groups;
  std::vector<Averager> averagers;
  std::unordered_map<std::string, std::size_t> places;
  for (const ItemScores& item : items) {
    const GroupName name = nameOf(item);
    const auto [place, isNew] = places.emplace(name.key, groups.size());
    if (isNew) {
      groups.push_back({name.key, name.name, {}});
      averagers.emplace_back();
    }
    averagers[place->second].add(item);
  }
  for (std::size_t i = 0; i < groups.size(); ++i) groups[i].metrics = averagers[i].result();
  return groups;
}

}  // namespace

Evaluation evaluate(const Survey& observed, const Predictions& predictions,
                    const EvaluationOptions& options) {
  Matching matching = matchPredictions(observed, predictions, options.only);
  Evaluation evaluation;
  evaluation.model = predictions.model;
  evaluation.skipped = std::move(matching.skipped);
  Averager overall;
  for (const MatchedItem& matched : matching.matched) {
    evaluation.items.push_back(scoreItemOrNameIt(observed, matched));
    overall.add(evaluation.items.back());
  }
  evaluation.metrics = overall.result();
  evaluation.byTopic = averageByGroup(evaluation.items, [&](const ItemScores& scores) {
    const std::string& topic = observed.questionOf(observed.items[scores.item]).topic;
    return topic.empty() ? GroupName{noTopic, noTopic} : GroupName{topic, topic};
  });
  evaluation.byPopulation = averageByGroup(evaluation.items, [&](const ItemScores& scores) {
    const Population& population = observed.populationOf(observed.items[scores.item]);
    return GroupName{population.id, population.name};
  });
  return evaluation;
}

}  // namespace canvass
