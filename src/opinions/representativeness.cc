#include "opinions/representativeness.h"

#include <algorithm>
#include <array>
#include <utility>

#include "opinions/consistency.h"
#include "stats/metrics.h"

namespace canvass {
namespace {

double alignment(const Distribution& p, const Distribution& q) { return 1.0 - emd(p, q); }

// The numbers of one population, one per question.
struct LevelColumns {
  ItemColumn representativeness;
  // Over the questions that all runs answered.
  ItemColumn unsteered, best, gain;
  std::vector<ItemColumn> byRun;
};

void addSteered(LevelColumns& columns, const Distribution& observed, std::size_t item,
                double unsteered, std::span<const SteeredAnswers> steered) {
  const bool all = std::ranges::all_of(
      steered, [item](const SteeredAnswers& run) { return run.byItem[item].has_value(); });
  if (steered.empty() || !all) return;
  double best = 0.0;
  for (std::size_t run = 0; run < steered.size(); ++run) {
    const double one = alignment(observed, *steered[run].byItem[item]);
    columns.byRun[run].push_back(one);
    best = std::max(best, one);
  }
  columns.unsteered.push_back(unsteered);
  columns.best.push_back(best);
  columns.gain.push_back(best - unsteered);
}

PopulationRepresentation summaryOf(std::size_t population, const std::string& id,
                                   const LevelColumns& columns, const BootstrapOptions& options) {
  PopulationRepresentation result;
  result.population = population;
  result.representativeness = meansOverQuestions(std::array{columns.representativeness}, options,
                                                 "representativeness of " + id)
                                  .front();
  const auto steered = meansOverQuestions(
      std::vector{columns.unsteered, columns.best, columns.gain}, options, "steerability of " + id);
  result.unsteered = steered[0];
  result.steerability = steered[1];
  result.gain = steered[2];
  for (const ItemColumn& run : columns.byRun) result.byRun.push_back(meanOfColumn(run));
  return result;
}

// Of the unweighted mean over the items.
Distribution meanObserved(const Survey& survey, const std::vector<std::size_t>& items) {
  Distribution mean(survey.items[items.front()].observed->size(), 0.0);
  for (const std::size_t i : items) {
    for (std::size_t k = 0; k < mean.size(); ++k) {
      mean[k] += (*survey.items[i].observed)[k] / static_cast<double>(items.size());
    }
  }
  return mean;
}

std::optional<Distribution> wholeOf(const Survey& survey, const std::vector<std::size_t>& items,
                                    const std::optional<std::size_t>& whole) {
  if (items.empty()) return std::nullopt;
  if (!whole) return meanObserved(survey, items);
  const auto found = std::ranges::find_if(
      items, [&](std::size_t i) { return survey.items[i].population == *whole; });
  if (found == items.end()) return std::nullopt;
  return survey.items[*found].observed;
}

}  // namespace

Representation representation(const Survey& survey, const DefaultAnswers& answers,
                              std::span<const SteeredAnswers> steered,
                              const RepresentationOptions& options) {
  Representation result;
  LevelColumns empty;
  empty.byRun.resize(steered.size());
  std::vector<LevelColumns> columns(survey.populations.size(), empty);
  ItemColumn whole;
  std::vector<TopicalAlignment> topical;
  const auto itemsOf = observedItemsByQuestion(survey);
  for (std::size_t q = 0; q < survey.questions.size(); ++q) {
    if (!answers.byQuestion[q]) continue;
    if (survey.questions[q].scale == Scale::nominal) {
      ++result.nominalQuestions;
      continue;
    }
    const Distribution& answer = *answers.byQuestion[q];
    if (const auto everyone = wholeOf(survey, itemsOf[q], options.whole)) {
      whole.push_back(alignment(*everyone, answer));
    }
    for (const std::size_t i : itemsOf[q]) {
      const std::size_t population = survey.items[i].population;
      if (population == options.whole) continue;
      const Distribution& observed = *survey.items[i].observed;
      const double one = alignment(observed, answer);
      columns[population].representativeness.push_back(one);
      topical.push_back({q, population, one});
      addSteered(columns[population], observed, i, one, steered);
    }
  }
  result.whole =
      meansOverQuestions(std::array{whole}, options.bootstrap, "representativeness").front();
  for (std::size_t p = 0; p < columns.size(); ++p) {
    if (columns[p].representativeness.empty()) continue;
    result.populations.push_back(
        summaryOf(p, survey.populations[p].id, columns[p], options.bootstrap));
  }
  std::ranges::stable_sort(result.populations, [](const auto& a, const auto& b) {
    return a.representativeness.mean > b.representativeness.mean;
  });
  result.consistencies = consistenciesOf(survey, topical);
  return result;
}

}  // namespace canvass
