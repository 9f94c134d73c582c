#include "predictions/prediction_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.h"

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
      throw Error(fmt::format("the label \"{}\" stands twice", label), where);
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
    throw Error(fmt::format("{} logits for {} labels", logits.size(), labels), where);
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

std::size_t countFromJson(const Json& object, const char* key, const std::string& where) {
  const auto count = requireKey<std::int64_t>(object, key, where);
  if (count < 0) throw Error(fmt::format("\"{}\" is negative", key), where);
  return static_cast<std::size_t>(count);
}

SampledAnswers sampledFromJson(const Json& object, const std::string& where) {
  if (!object.is_object()) throw Error("\"sampled\" is not an object", where);
  rejectUnknownKeys(object, {"chosen", "refused", "unmatched"}, where);
  return {countFromJson(object, "chosen", where), countFromJson(object, "refused", where),
          countFromJson(object, "unmatched", where)};
}

Json pooledToJson(const PooledSource& pooled) {
  Json inputs = Json::array();
  for (const PooledSource::Input& input : pooled.inputs) {
    inputs.push_back(
        {{"name", input.name}, {"weight", input.weight}, {"js_similarity", input.similarity}});
  }
  return {{"pool", pooled.pool},
          {"inputs", std::move(inputs)},
          {"validation_items", pooled.validationItems},
          {"js_similarity", pooled.similarity}};
}

PooledSource pooledFromJson(const Json& object, const std::string& where) {
  if (!object.is_object()) throw Error("\"combination\" is not an object", where);
  rejectUnknownKeys(object, {"pool", "inputs", "validation_items", "js_similarity"}, where);
  PooledSource pooled;
  pooled.pool = requireKey<std::string>(object, "pool", where);
  pooled.similarity = requireKey<double>(object, "js_similarity", where);
  const auto items = requireKey<std::int64_t>(object, "validation_items", where);
  if (items < 1) throw Error("\"validation_items\" is below 1", where);
  pooled.validationItems = static_cast<std::size_t>(items);
  if (!object.contains("inputs") || !object["inputs"].is_array()) {
    throw Error("the \"inputs\" of the combination are not a list", where);
  }
  for (const Json& input : object["inputs"]) {
    if (!input.is_object()) throw Error("an input of the combination is not an object", where);
    rejectUnknownKeys(input, {"name", "weight", "js_similarity"}, where);
    pooled.inputs.push_back({requireKey<std::string>(input, "name", where),
                             requireKey<double>(input, "weight", where),
                             requireKey<double>(input, "js_similarity", where)});
  }
  return pooled;
}

}  // namespace

void putSource(const PredictionSource& source, Json& header) {
  header["model"] = source.model;
  if (!source.adapter.empty()) header["adapter"] = source.adapter;
  if (!source.templateName.empty()) header["template"] = source.templateName;
  if (!source.precision.empty()) header["precision"] = source.precision;
  if (!source.reading.empty()) header["reading"] = source.reading;
  if (!source.evidence.empty()) header["evidence"] = source.evidence;
  if (!source.calibration.empty()) header["calibration"] = source.calibration;
  if (source.pooled) header["combination"] = pooledToJson(*source.pooled);
}

PredictionSource sourceFromJson(const JsonLine& header) {
  const auto& [object, where] = header;
  PredictionSource source{requireKey<std::string>(object, "model", where),
                          optionalKey<std::string>(object, "adapter", "", where),
                          optionalKey<std::string>(object, "template", "", where),
                          optionalKey<std::string>(object, "precision", "", where),
                          optionalKey<std::string>(object, "reading", "", where),
                          optionalKey<std::string>(object, "calibration", "", where)};
  source.evidence = optionalKey<std::string>(object, "evidence", "", where);
  if (object.contains("combination")) {
    source.pooled = pooledFromJson(object["combination"], where);
  }
  return source;
}

Json predictionToJson(const Prediction& prediction) {
  Json object{{"question", prediction.question},
              {"population", prediction.population},
              {"labels", prediction.labels}};
  if (!prediction.failure.empty()) {
    object["failure"] = prediction.failure;
  } else {
    object["probabilities"] = prediction.probabilities;
  }
  if (!prediction.logits.empty()) object["logits"] = prediction.logits;
  if (prediction.optionMass) object["option_mass"] = *prediction.optionMass;
  if (prediction.confidence) object["confidence"] = *prediction.confidence;
  if (prediction.sampled) {
    object["sampled"] = {{"chosen", prediction.sampled->chosen},
                         {"refused", prediction.sampled->refused},
                         {"unmatched", prediction.sampled->unmatched}};
  }
  return object;
}

Prediction predictionFromJson(const JsonLine& line) {
  const auto& [object, where] = line;
  rejectUnknownKeys(object,
                    {"question", "population", "labels", "probabilities", "logits", "option_mass",
                     "confidence", "sampled", "failure"},
                    where);
  Prediction prediction;
  prediction.question = requireKey<std::string>(object, "question", where);
  prediction.population = requireKey<std::string>(object, "population", where);
  prediction.labels = requireKey<std::vector<std::string>>(object, "labels", where);
  prediction.failure = optionalKey<std::string>(object, "failure", "", where);
  if (prediction.failure.empty() || object.contains("probabilities")) {
    prediction.probabilities = requireKey<std::vector<double>>(object, "probabilities", where);
  }
  prediction.logits = optionalKey<std::vector<double>>(object, "logits", {}, where);
  if (object.contains("option_mass")) {
    prediction.optionMass = requireKey<double>(object, "option_mass", where);
  }
  if (object.contains("confidence")) {
    prediction.confidence = requireKey<double>(object, "confidence", where);
  }
  if (object.contains("sampled")) prediction.sampled = sampledFromJson(object["sampled"], where);
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
