#include "predictions/prediction_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/list_text.h"
#include "predictions/prediction_fields.h"

namespace canvass {
namespace {

void checkIds(const Prediction& prediction, const std::string& where) {
  if (prediction.question.empty()) throw Error("the question's id is empty", where);
  if (prediction.population.empty()) throw Error("the population's id is empty", where);
}

void checkLabels(const std::vector<std::string>& labels, const std::string& where) {
  if (labels.size() < 2) throw Error("there are fewer than two labels", where);
  std::set<std::string> seen;
  for (const std::string& label : labels) {
    if (label.empty()) throw Error("a label is empty", where);
    if (!seen.insert(label).second) {
      throw Error(fmt::format("the label \"{}\" appears twice", label), where);
    }
  }
}

void checkProbabilities(const Distribution& probabilities, std::size_t labels,
                        const std::string& where) {
  if (probabilities.size() != labels) {
    throw Error(fmt::format("{} probabilities for {} labels", probabilities.size(), labels), where);
  }
  double sum = 0.0;
  for (const double probability : probabilities) {
    if (!std::isfinite(probability) || probability < 0.0) {
      throw Error("a probability is negative or not a number", where);
    }
    sum += probability;
  }
  if (std::abs(sum - 1.0) > distributionTolerance) {
    throw Error(fmt::format("the probabilities sum to {}, not to 1", sum), where);
  }
}

void checkLogits(const std::vector<double>& logits, std::size_t labels, const std::string& where) {
  if (logits.empty()) return;
  if (logits.size() != labels) {
    throw Error(fmt::format("{} for {}", counted(logits.size(), "logit"), counted(labels, "label")),
                where);
  }
  if (!std::all_of(logits.begin(), logits.end(), [](double x) { return std::isfinite(x); })) {
    throw Error("a logit is not a finite number", where);
  }
}

// Rounding in a low precision may carry the sum of the option tokens' probabilities past 1.
void checkOptionMass(const std::optional<double>& mass, const std::string& where) {
  constexpr double rounding = 1e-3;
  if (mass && !(*mass >= 0.0 && *mass <= 1.0 + rounding)) {
    throw Error(fmt::format("the option mass {} is not between 0 and 1", *mass), where);
  }
}

void checkIntervals(const Prediction& prediction, const std::string& where) {
  const auto& [low, high] = std::tie(prediction.low, prediction.high);
  if (low.empty() && high.empty()) return;
  if (low.size() != prediction.probabilities.size() || high.size() != low.size()) {
    throw Error(fmt::format("{} and {} for {}", counted(low.size(), "lower bound"),
                            counted(high.size(), "upper bound"),
                            counted(prediction.labels.size(), "label")),
                where);
  }
  for (std::size_t k = 0; k < low.size(); ++k) {
    if (!(low[k] >= 0.0 && low[k] <= high[k] && high[k] <= 1.0)) {
      throw Error(fmt::format("{} to {} is no interval of a probability", low[k], high[k]), where);
    }
  }
}

}  // namespace

void putSource(const PredictionSource& source, Json& header) {
  writeRecord(sourceFields(), source, header);
}

PredictionSource sourceFromJson(const JsonLine& header) {
  PredictionSource source;
  readRecord(sourceFields(), header.object, header.where, source, headerKeys);
  return source;
}

Json predictionToJson(const Prediction& prediction) {
  Json object;
  writeRecord(predictionFields(), prediction, object);
  return object;
}

Prediction predictionFromJson(const JsonLine& line) {
  Prediction prediction;
  readRecord(predictionFields(), line.object, line.where, prediction);
  return prediction;
}

void checkPrediction(const Prediction& prediction, std::set<ItemId>& seen,
                     const std::string& where) {
  checkIds(prediction, where);
  checkLabels(prediction.labels, where);
  if (prediction.failure.empty()) {
    checkProbabilities(prediction.probabilities, prediction.labels.size(), where);
  } else if (!prediction.probabilities.empty()) {
    throw Error("there are probabilities although the prediction failed", where);
  }
  checkLogits(prediction.logits, prediction.labels.size(), where);
  checkOptionMass(prediction.optionMass, where);
  checkIntervals(prediction, where);
  if (prediction.confidence && !(*prediction.confidence >= 0.0 && *prediction.confidence <= 1.0)) {
    throw Error(fmt::format("the confidence {} is not between 0 and 1", *prediction.confidence),
                where);
  }
  if (!seen.insert(idOf(prediction)).second) {
    throw Error(fmt::format("question \"{}\" and population \"{}\" were predicted before",
                            prediction.question, prediction.population),
                where);
  }
}

}  // namespace canvass
