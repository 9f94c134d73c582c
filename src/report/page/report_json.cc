#include "report/page/report_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "designs/population_names.h"
#include "evaluation/evaluation.h"
#include "stats/share_estimates.h"
#include "stats/share_intervals.h"

namespace canvass {
namespace {

// What a page can show of a share or a score.
double rounded(double value) { return std::round(value * 1e4) / 1e4; }

Json roundedAll(const std::vector<double>& values) {
  Json result = Json::array();
  for (const double value : values) result.push_back(rounded(value));
  return result;
}

Json scoresJson(const std::vector<std::optional<double>>& scores) {
  Json result = Json::array();
  for (const auto& score : scores) {
    result.push_back(score && std::isfinite(*score) ? Json(rounded(*score)) : Json());
  }
  return result;
}

Json sizeJson(const Item& item) {
  if (item.respondents) return std::round(*item.respondents);
  if (item.effectiveSampleSize) return std::round(*item.effectiveSampleSize);
  return nullptr;
}

// By the share's standard error: the survey's own, or else what n_eff says.
Json shareIntervalJson(const Item& item, std::size_t option) {
  const double share = (*item.observed)[option];
  const double size = item.effectiveSampleSize.value_or(item.respondents.value_or(0.0));
  const double error =
      item.standardErrors ? (*item.standardErrors)[option] : standardErrorOf(share, size);
  const auto found = shareInterval(share, error, item.respondents.value_or(size), size,
                                   std::numeric_limits<double>::infinity());
  if (!found) return nullptr;
  return {rounded(found->interval.low), rounded(found->interval.high)};
}

// Null if nothing says how exact the shares are: n alone, with weights unknown, does not.
Json shareIntervalsJson(const Item& item) {
  if (!item.effectiveSampleSize && !(item.standardErrors && item.respondents)) return nullptr;
  Json result = Json::array();
  for (std::size_t k = 0; k < item.observed->size(); ++k) {
    result.push_back(shareIntervalJson(item, k));
  }
  return result;
}

// By item of the survey, then by run.
using PredictedByItem = std::vector<Json>;

// Of the shares, in the question's order; null if the prediction has none.
Json predictedIntervalsJson(const Question& question, const Prediction& prediction) {
  if (prediction.low.empty()) return nullptr;
  Json result = Json::array();
  for (const Option& option : question.options) {
    const auto place = static_cast<std::size_t>(std::ranges::find(prediction.labels, option.label) -
                                                prediction.labels.begin());
    result.push_back({rounded(prediction.low[place]), rounded(prediction.high[place])});
  }
  return result;
}

PredictedByItem predictedByItem(const Survey& survey, const std::vector<Predictions>& runs) {
  PredictedByItem all(survey.items.size());
  for (std::size_t run = 0; run < runs.size(); ++run) {
    std::map<ItemId, const Prediction*> byId;
    for (const Prediction& one : runs[run].predictions) byId.emplace(idOf(one), &one);
    for (const ItemScores& scores : evaluate(survey, runs[run]).items) {
      const Question& question = survey.questionOf(survey.items[scores.item]);
      const Prediction& prediction =
          *byId.at({question.id, survey.populationOf(survey.items[scores.item]).id});
      Json& entry = all[scores.item];
      if (entry.is_null()) entry = Json(runs.size(), Json());
      entry[run] = {roundedAll(scores.predicted), scoresJson(scores.scores)};
      if (!prediction.low.empty()) {
        entry[run].push_back(predictedIntervalsJson(question, prediction));
      }
    }
  }
  return all;
}

Json questionJson(const Question& question) {
  Json options = Json::array();
  for (const Option& option : question.options) {
    options.push_back({{"label", option.label}, {"text", option.text}});
  }
  return {{"id", question.id},
          {"text", question.text},
          {"topic", question.topic},
          {"options", std::move(options)}};
}

}  // namespace

Json metricsJson() {
  Json result = Json::array();
  for (const ItemMetric& metric : itemMetrics()) {
    result.push_back({{"name", metric.name},
                      {"title", metric.title},
                      {"better", metric.better == Better::higher ? "higher" : "lower"}});
  }
  return result;
}

Json reportSurveyJson(const Survey& survey) {
  Json result{{"name", survey.name},
              {"source", survey.source},
              {"questions", Json::array()},
              {"populations", Json::array()}};
  for (const Question& question : survey.questions) {
    result["questions"].push_back(questionJson(question));
  }
  for (const Population& population : survey.populations) {
    const std::string& name = population.name.empty() ? population.id : population.name;
    result["populations"].push_back({{"id", population.id},
                                     {"name", name},
                                     {"country", countryOf(population)},
                                     {"attributes", population.attributes}});
  }
  return result;
}

Json reportItemsJson(const Survey& survey, const std::vector<Predictions>& runs) {
  PredictedByItem predicted = predictedByItem(survey, runs);
  Json result = Json::array();
  for (std::size_t i = 0; i < survey.items.size(); ++i) {
    const Item& item = survey.items[i];
    if (predicted[i].is_null()) continue;
    result.push_back({item.question, item.population, sizeJson(item), roundedAll(*item.observed),
                      std::move(predicted[i]), shareIntervalsJson(item)});
  }
  return result;
}

Json shownOf(Json evaluation) {
  const auto calibration = evaluation.find("calibration");
  if (calibration != evaluation.end() && calibration->is_object()) calibration->erase("items");
  return evaluation;
}

void checkEvaluationIsOf(const Json& evaluation, const Survey& survey,
                         const Predictions& predictions, const std::string& where) {
  constexpr double tolerance = 1e-9;
  const MetricMeans found = evaluate(survey, predictions).metrics;
  const MetricMean& mean = found.means.front();
  const auto metric = std::string(itemMetrics().front().name);
  const auto items = requireKey<std::int64_t>(evaluation, "items", where);
  const auto metrics = evaluation.find("metrics");
  const bool given = metrics != evaluation.end() && metrics->is_object();
  const auto value = given ? optionalKey<double>(*metrics, metric.c_str(), 0.0, where) : 0.0;
  const bool same = items == static_cast<std::int64_t>(found.items) &&
                    (mean.items == 0 || std::abs(value - mean.mean) < tolerance);
  if (same) return;
  throw Error(fmt::format("this evaluation is not of these predictions and this survey: it has {} "
                          "items with a mean {} of {:.6f}, they have {} with {:.6f}",
                          items, metric, value, found.items, mean.mean),
              where, "give --predictions in the order of the evaluations, and their survey");
}

std::string reportPage(const std::string& pageTemplate, const Json& report) {
  const std::string location = R"(id="report">{}</script>)";
  const std::size_t start = pageTemplate.find(location);
  if (start == std::string::npos) throw Error("the page's template has no location for its data");
  std::string page = pageTemplate.substr(0, start) + R"(id="report">)";
  // In HTML "<" could end the script, in JSON it is a letter that may be written by its number.
  for (const char letter : jsonText(report)) {
    if (letter == '<') {
      page += "\\u003c";
    } else {
      page += letter;
    }
  }
  return page + "</script>" + pageTemplate.substr(start + location.size());
}

}  // namespace canvass
