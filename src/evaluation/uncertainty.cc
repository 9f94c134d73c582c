#include "evaluation/uncertainty.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "survey/shared_respondents.h"

namespace canvass {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

// The items of all runs, each once, and their row in every column.
using Families = std::vector<std::size_t>;

class ItemRows {
 public:
  // `families`: of the survey's populations (survey/shared_respondents.h). Populations that vary
  // together are drawn together.
  ItemRows(const Survey& survey, const Families& families) : survey_(survey), families_(families) {}

  void add(std::size_t item) {
    if (!rows_.emplace(item, rows_.size()).second) return;
    const Item& added = survey_.items[item];
    crossings_.push_back({added.question, families_[added.population]});
  }

  void add(const Evaluation& evaluation) {
    for (const ItemScores& scores : evaluation.items) add(scores.item);
  }

  const std::vector<Crossing>& crossings() const { return crossings_; }

  ItemColumn column(const std::vector<ItemScores>& items, std::size_t metric) const {
    ItemColumn column(crossings_.size(), none);
    for (const ItemScores& scores : items) {
      const auto row = rows_.find(scores.item);
      if (row != rows_.end() && scores.scores[metric]) column[row->second] = *scores.scores[metric];
    }
    return column;
  }

 private:
  const Survey& survey_;
  const Families& families_;
  std::unordered_map<std::size_t, std::size_t> rows_;
  std::vector<Crossing> crossings_;
};

std::vector<ItemColumn> columnsOf(const ItemRows& rows, const std::vector<ItemScores>& items) {
  std::vector<ItemColumn> columns;
  for (std::size_t m = 0; m < itemMetrics().size(); ++m) columns.push_back(rows.column(items, m));
  return columns;
}

bool hasInfinity(const ItemColumn& column) {
  return std::ranges::any_of(column, [](double score) { return std::isinf(score); });
}

// a - b for the items that both have; all missing if one of the means is infinite.
ItemColumn differenceOf(ItemColumn a, const ItemColumn& b) {
  if (hasInfinity(a) || hasInfinity(b)) return ItemColumn(a.size(), none);
  for (std::size_t i = 0; i < a.size(); ++i) a[i] -= b[i];
  return a;
}

Differences differencesFrom(const std::string& other, const CrossedBootstrap& bootstrap,
                            std::vector<ItemColumn> figures,
                            const std::vector<ItemColumn>& others) {
  for (std::size_t m = 0; m < figures.size(); ++m) {
    figures[m] = differenceOf(std::move(figures[m]), others[m]);
  }
  const Intervals intervals = bootstrap.meanIntervals(figures);
  Differences result{other, {}};
  for (std::size_t m = 0; m < figures.size(); ++m) {
    auto& difference = result.metrics.emplace_back();
    const auto items = static_cast<std::size_t>(
        std::ranges::count_if(figures[m], [](double x) { return !std::isnan(x); }));
    if (items == 0) continue;
    difference = PairedDifference{meanOfColumn(figures[m]), items, intervals[m]};
  }
  return result;
}

// The intervals of a group's means, from its own questions and populations.
using GroupOf = std::string (*)(const Survey&, const Item&);

std::vector<Intervals> groupIntervals(const Survey& survey, const Families& families,
                                      const Evaluation& evaluation,
                                      const std::vector<Group>& groups, GroupOf keyOf,
                                      const BootstrapOptions& options) {
  std::unordered_map<std::string, std::vector<ItemScores>> members;
  for (const ItemScores& scores : evaluation.items) {
    members[keyOf(survey, survey.items[scores.item])].push_back(scores);
  }
  std::vector<Intervals> result;
  for (const Group& group : groups) {
    ItemRows rows(survey, families);
    const std::vector<ItemScores>& items = members[group.key];
    for (const ItemScores& scores : items) rows.add(scores.item);
    const CrossedBootstrap bootstrap(rows.crossings(), options, "bootstrap of " + group.key);
    result.push_back(bootstrap.meanIntervals(columnsOf(rows, items)));
  }
  return result;
}

std::string topicOf(const Survey& survey, const Item& item) {
  const std::string& topic = survey.questionOf(item).topic;
  return topic.empty() ? noTopic : topic;
}

std::string populationIdOf(const Survey& survey, const Item& item) {
  return survey.populationOf(item).id;
}

// (f - u) / (c - u), f, u and c being means over the ceiling's items.
std::optional<Interval> achievedInterval(const CrossedBootstrap& bootstrap, double achieved,
                                         ItemColumn figure, const ItemColumn& uniform,
                                         const ItemColumn& ceiling) {
  for (std::size_t i = 0; i < figure.size(); ++i) {
    if (std::isnan(ceiling[i])) figure[i] = none;
  }
  const auto means = bootstrap.means(std::vector{figure, uniform, ceiling});
  std::vector<double> shares;
  for (std::size_t r = 0; r < means[0].size(); ++r) {
    shares.push_back((means[0][r] - means[1][r]) / (means[2][r] - means[1][r]));
  }
  const double range = meanOfColumn(ceiling) - meanOfColumn(uniform);
  std::vector<double> influence = influenceOnMean(figure);
  const std::vector<double> ofUniform = influenceOnMean(uniform);
  const std::vector<double> ofCeiling = influenceOnMean(ceiling);
  for (std::size_t i = 0; i < influence.size(); ++i) {
    influence[i] =
        (influence[i] - (1.0 - achieved) * ofUniform[i] - achieved * ofCeiling[i]) / range;
  }
  return bootstrap.interval(achieved, shares, influence);
}

Intervals achievedIntervals(const CrossedBootstrap& bootstrap, const ItemRows& rows,
                            const NoiseCeiling& ceiling, const std::vector<ItemColumn>& figures) {
  Intervals result;
  for (std::size_t m = 0; m < figures.size(); ++m) {
    const auto& achieved = ceiling.achieved[m];
    result.push_back(achieved ? achievedInterval(bootstrap, *achieved, figures[m],
                                                 rows.column(ceiling.uniform.items, m),
                                                 rows.column(ceiling.ceiling.items, m))
                              : std::nullopt);
  }
  return result;
}

}  // namespace

std::vector<Uncertainty> uncertaintyOf(const Survey& observed,
                                       std::span<const ComparedEvaluation> runs,
                                       const BootstrapOptions& options) {
  const Families families = familiesOf(observed);
  ItemRows rows(observed, families);
  for (const ComparedEvaluation& run : runs) rows.add(run.evaluation);
  const CrossedBootstrap bootstrap(rows.crossings(), options);
  std::vector<std::vector<ItemColumn>> figures;
  for (const auto& run : runs) figures.push_back(columnsOf(rows, run.evaluation.items));
  std::vector<Uncertainty> result;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const ComparedEvaluation& run = runs[i];
    Uncertainty& one = result.emplace_back();
    one.bootstrap = options;
    one.questions = bootstrap.questions();
    one.populations = bootstrap.populations();
    one.metrics = bootstrap.meanIntervals(figures[i]);
    one.byTopic = groupIntervals(observed, families, run.evaluation, run.evaluation.byTopic,
                                 topicOf, options);
    one.byPopulation = groupIntervals(observed, families, run.evaluation,
                                      run.evaluation.byPopulation, populationIdOf, options);
    for (const BaselineEvaluation& baseline : run.baselines) {
      one.fromBaselines.push_back(differencesFrom(std::string(baseline.baseline->id), bootstrap,
                                                  figures[i],
                                                  columnsOf(rows, baseline.evaluation.items)));
    }
    for (std::size_t j = 0; j < runs.size(); ++j) {
      if (j == i) continue;
      one.fromRuns.push_back(differencesFrom(runs[j].name, bootstrap, figures[i], figures[j]));
    }
    if (run.ceiling) one.achieved = achievedIntervals(bootstrap, rows, *run.ceiling, figures[i]);
  }
  return result;
}

std::optional<SizeInterval> equivalentSizeInterval(const Survey& observed,
                                                   const Evaluation& evaluation, std::size_t metric,
                                                   SampleCurve& curve,
                                                   const EquivalentSampleSize& found,
                                                   const BootstrapOptions& options) {
  if (found.kind != EquivalentSampleSize::Kind::found) return std::nullopt;
  const Families families = familiesOf(observed);
  ItemRows rows(observed, families);
  rows.add(evaluation);
  const ItemColumn difference =
      differenceOf(rows.column(evaluation.items, metric), curve.itemScores(found.respondents));
  const CrossedBootstrap bootstrap(rows.crossings(), options);
  const auto interval = bootstrap.meanIntervals({&difference, 1}).front();
  if (!interval) return std::nullopt;
  const double figure = evaluation.metrics.means[metric].mean;
  const bool rises = itemMetrics()[metric].better == Better::higher;
  return SizeInterval{curve.sizeScoring(figure + (rises ? interval->low : interval->high)),
                      curve.sizeScoring(figure + (rises ? interval->high : interval->low))};
}

}  // namespace canvass
