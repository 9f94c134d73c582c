#include "report/survey/survey_summary.h"

#include <algorithm>

namespace canvass {
namespace {

std::vector<std::pair<std::string, std::size_t>> countTopics(const Survey& survey) {
  std::vector<std::pair<std::string, std::size_t>> topics;
  for (const Question& question : survey.questions) {
    const auto found =
        std::ranges::find(topics, question.topic, &std::pair<std::string, std::size_t>::first);
    if (found == topics.end()) {
      topics.emplace_back(question.topic, 1);
    } else {
      ++found->second;
    }
  }
  return topics;
}

Spread itemsPerPopulation(const Survey& survey) {
  std::vector<double> counts(survey.populations.size(), 0.0);
  for (const Item& item : survey.items) counts[item.population] += 1.0;
  return spreadOf(std::move(counts));
}

Spread spreadOverItems(const Survey& survey, std::optional<double> Item::*member) {
  std::vector<double> values;
  for (const Item& item : survey.items) {
    if (item.*member) values.push_back(*(item.*member));
  }
  return spreadOf(std::move(values));
}

double coverageOf(const Survey& survey) {
  const std::size_t cells = survey.questions.size() * survey.populations.size();
  return cells == 0 ? 0.0 : static_cast<double>(survey.items.size()) / static_cast<double>(cells);
}

}  // namespace

Spread spreadOf(std::vector<double> values) {
  if (values.empty()) return {};
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  const double median =
      values.size() % 2 == 1 ? values[middle] : 0.5 * (values[middle - 1] + values[middle]);
  return {values.size(), values.front(), median, values.back()};
}

SurveySummary summarize(const Survey& survey) {
  SurveySummary summary;
  summary.name = survey.name;
  summary.source = survey.source;
  summary.language = survey.language;
  summary.weighting = survey.weighting;
  summary.questions = survey.questions.size();
  summary.populations = survey.populations.size();
  summary.items = survey.items.size();
  summary.observed = static_cast<std::size_t>(std::ranges::count_if(
      survey.items, [](const Item& item) { return item.observed.has_value(); }));
  summary.coverage = coverageOf(survey);
  summary.topics = countTopics(survey);
  for (const Question& question : survey.questions) {
    ++summary.scales[scaleName(question.scale)];
    ++summary.optionCounts[question.options.size()];
  }
  summary.itemsPerPopulation = itemsPerPopulation(survey);
  summary.respondents = spreadOverItems(survey, &Item::respondents);
  summary.effectiveSampleSizes = spreadOverItems(survey, &Item::effectiveSampleSize);
  summary.findings = findWhatLooksWrong(survey);
  return summary;
}

}  // namespace canvass
