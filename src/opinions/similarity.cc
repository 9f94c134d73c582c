#include "opinions/similarity.h"

#include <algorithm>
#include <limits>

#include "stats/metrics.h"

namespace canvass {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

// The columns of one population: a number for each question that it and the model answered.
struct SimilarityColumns {
  ItemColumn similarity, othersMean, difference, uniform;
};

// The mean of the others' answers, from the sum of all; nothing if there are no others.
std::optional<Distribution> meanOfOthers(Distribution sum, std::size_t answered,
                                         const Distribution& own) {
  if (answered < 2) return std::nullopt;
  for (std::size_t k = 0; k < sum.size(); ++k) {
    // If the others chose none, subtraction leaves a rounding error, perhaps below 0.
    sum[k] = std::max(sum[k] - own[k], 0.0) / static_cast<double>(answered - 1);
  }
  return sum;
}

void add(SimilarityColumns& columns, const Distribution& observed, const Distribution& answer,
         const std::optional<Distribution>& others) {
  const double similarity = jsSimilarity(observed, answer);
  const double ofOthers = others ? jsSimilarity(observed, *others) : none;
  columns.similarity.push_back(similarity);
  columns.othersMean.push_back(ofOthers);
  columns.difference.push_back(similarity - ofOthers);
  columns.uniform.push_back(jsSimilarity(observed, uniformDistribution(observed.size())));
}

std::vector<SimilarityColumns> columnsByPopulation(const Survey& survey,
                                                   const DefaultAnswers& answers) {
  std::vector<SimilarityColumns> columns(survey.populations.size());
  const auto itemsOf = observedItemsByQuestion(survey);
  for (std::size_t question = 0; question < survey.questions.size(); ++question) {
    if (!answers.byQuestion[question]) continue;
    Distribution sum(survey.questions[question].options.size(), 0.0);
    for (const std::size_t i : itemsOf[question]) {
      for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += (*survey.items[i].observed)[k];
    }
    for (const std::size_t i : itemsOf[question]) {
      const Item& item = survey.items[i];
      add(columns[item.population], *item.observed, *answers.byQuestion[question],
          meanOfOthers(sum, itemsOf[question].size(), *item.observed));
    }
  }
  return columns;
}

}  // namespace

std::vector<PopulationSimilarity> similarPopulations(const Survey& survey,
                                                     const DefaultAnswers& answers,
                                                     const BootstrapOptions& options) {
  const std::vector<SimilarityColumns> columns = columnsByPopulation(survey, answers);
  std::vector<PopulationSimilarity> result;
  for (std::size_t population = 0; population < columns.size(); ++population) {
    const SimilarityColumns& one = columns[population];
    if (one.similarity.empty()) continue;
    const auto means =
        meansOverQuestions(std::vector{one.similarity, one.othersMean, one.difference, one.uniform},
                           options, "similarity to " + survey.populations[population].id);
    result.push_back({population, means[0], means[1], means[2], means[3]});
  }
  std::ranges::stable_sort(
      result, [](const auto& a, const auto& b) { return a.similarity.mean > b.similarity.mean; });
  return result;
}

}  // namespace canvass
