#include "recalibration/calibrator.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

#include "base/error.h"
#include "base/list_text.h"
#include "predictions/prediction_match.h"
#include "recalibration/temperature.h"

namespace canvass {
namespace {

constexpr std::array methods = {
    std::pair{CalibrationMethod::temperature, std::string_view("temperature")},
    std::pair{CalibrationMethod::temperatureByLength, std::string_view("temperature-by-length")},
    std::pair{CalibrationMethod::linear, std::string_view("linear")},
    std::pair{CalibrationMethod::isotonic, std::string_view("isotonic")},
};

// One item to fit on, in the order of the question's options.
struct FittedItem {
  std::size_t item;  // index into Survey::items
  std::vector<double> logits;
  Distribution predicted;
  Distribution observed;
};

// The prediction's logits in the question's order; the labels are known to be the same set.
std::vector<double> inOrder(const Question& question, const Prediction& prediction) {
  const std::vector<double> logits = logitsOf(prediction);
  std::vector<double> ordered;
  for (const std::string& label : labelsOf(question)) {
    const auto place = std::ranges::find(prediction.labels, label) - prediction.labels.begin();
    ordered.push_back(logits[static_cast<std::size_t>(place)]);
  }
  return ordered;
}

std::vector<FittedItem> itemsToFit(const Survey& observed, const Predictions& predictions) {
  std::map<ItemId, const Prediction*> byIds;
  for (const Prediction& one : predictions.predictions) {
    byIds[idOf(one)] = &one;
  }
  std::vector<FittedItem> items;
  for (const MatchedItem& matched : matchPredictions(observed, predictions).matched) {
    const Item& item = observed.items[matched.item];
    const Question& question = observed.questionOf(item);
    const Prediction& prediction = *byIds.at(idOf(observed, item));
    items.push_back({matched.item, inOrder(question, prediction), matched.predicted,
                     normalized(*item.observed, "question " + question.id)});
  }
  return items;
}

bool missesAChosenOption(const FittedItem& item) {
  for (std::size_t k = 0; k < item.observed.size(); ++k) {
    if (item.observed[k] > 0.0 && std::isinf(item.logits[k])) return true;
  }
  return false;
}

Temperatures fitTemperatures(const std::vector<FittedItem>& items, bool byLength) {
  std::vector<LogitsAndShares> all;
  std::map<std::size_t, std::vector<LogitsAndShares>> byOptions;
  for (const FittedItem& item : items) {
    all.push_back({item.logits, item.observed});
    byOptions[item.logits.size()].push_back(all.back());
  }
  Temperatures result{fitTemperature(all), {}};
  for (const auto& [options, some] : byOptions) {
    if (byLength && some.size() >= itemsForOwnTemperature) {
      result.byOptions[options] = fitTemperature(some);
    }
  }
  return result;
}

// Least squares through (1/K, 1/K): sum (p - u)(q - u) / sum (q - u)^2, not below 0.
LinearShares fitLinear(const std::vector<FittedItem>& items) {
  double products = 0.0;
  double squares = 0.0;
  for (const FittedItem& item : items) {
    const double uniform = 1.0 / static_cast<double>(item.observed.size());
    for (std::size_t k = 0; k < item.observed.size(); ++k) {
      products += (item.observed[k] - uniform) * (item.predicted[k] - uniform);
      squares += (item.predicted[k] - uniform) * (item.predicted[k] - uniform);
    }
  }
  if (squares == 0.0) throw Error("every prediction is uniform: there is nothing to scale");
  return {std::max(products / squares, 0.0)};
}

IsotonicShares fitShares(const std::vector<FittedItem>& items) {
  std::vector<WeightedPair> pairs;
  for (const FittedItem& item : items) {
    const double weight = 1.0 / static_cast<double>(item.observed.size());
    for (std::size_t k = 0; k < item.observed.size(); ++k) {
      pairs.push_back({item.predicted[k], item.observed[k], weight});
    }
  }
  return {fitIsotonic(std::move(pairs))};
}

Recalibration fitted(const std::vector<FittedItem>& items, CalibrationMethod method) {
  if (method == CalibrationMethod::linear) return fitLinear(items);
  if (method == CalibrationMethod::isotonic) return fitShares(items);
  return fitTemperatures(items, method == CalibrationMethod::temperatureByLength);
}

// How one recalibration changes a prediction in place.
struct Change {
  Prediction& prediction;

  void operator()(const Temperatures& temperatures) const {
    const auto own = temperatures.byOptions.find(prediction.labels.size());
    const double temperature =
        own != temperatures.byOptions.end() ? own->second : temperatures.common;
    std::vector<double> logits = logitsOf(prediction);
    prediction.probabilities = softmax(logits, temperature);
    for (double& logit : logits) logit /= temperature;
    const bool finite = std::ranges::all_of(logits, [](double x) { return std::isfinite(x); });
    prediction.logits = finite && !prediction.logits.empty() ? logits : std::vector<double>();
  }

  void operator()(const LinearShares& linear) const {
    const double uniform = 1.0 / static_cast<double>(prediction.labels.size());
    changeShares(
        [&](double share) { return std::max(uniform + linear.slope * (share - uniform), 0.0); });
  }

  void operator()(const IsotonicShares& isotonic) const {
    changeShares([&](double share) { return valueAt(isotonic.knots, share); });
  }

 private:
  template <typename Function>
  void changeShares(const Function& function) const {
    Distribution& shares = prediction.probabilities;
    std::ranges::transform(shares, shares.begin(), function);
    const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    if (sum == 0.0) {
      throw Error(
          "every option is recalibrated to 0",
          fmt::format("question {}, population {}", prediction.question, prediction.population),
          "this prediction is unlike those that the calibrator was fitted on; choose another "
          "method");
    }
    for (double& share : shares) share /= sum;
    prediction.logits.clear();
  }
};

// What distinguishes the predictions of one predictor from those of another.
std::string sourceText(const PredictionSource& source) {
  std::string text = source.model;
  for (const std::string* part : {&source.adapter, &source.templateName}) {
    if (!part->empty()) text += ", " + *part;
  }
  return text;
}

}  // namespace

std::string_view methodName(CalibrationMethod method) {
  return std::ranges::find(methods, method, &decltype(methods)::value_type::first)->second;
}

CalibrationMethod parseCalibrationMethod(std::string_view name) {
  std::vector<std::string_view> known;
  for (const auto& [method, itsName] : methods) {
    if (itsName == name) return method;
    known.push_back(itsName);
  }
  throw Error(fmt::format("\"{}\" is not a calibration method", name), {},
              fmt::format("choose one of {}", fmt::join(known, ", ")));
}

CalibrationFit fitCalibrator(const Survey& observed, const Predictions& predictions,
                             CalibrationMethod method) {
  CalibrationFit fit;
  std::vector<FittedItem> items;
  const bool byLogits =
      method == CalibrationMethod::temperature || method == CalibrationMethod::temperatureByLength;
  for (FittedItem& one : itemsToFit(observed, predictions)) {
    const Item& item = observed.items[one.item];
    const std::string& question = observed.questionOf(item).id;
    const std::string& population = observed.populationOf(item).id;
    if (byLogits && missesAChosenOption(one)) {
      fit.skipped.push_back(
          {question, population, "an option that people chose has a predicted share of 0"});
      continue;
    }
    fit.calibrator.items.emplace_back(question, population);
    items.push_back(std::move(one));
  }
  if (items.empty()) {
    throw Error("no item has both an observed and a predicted distribution to fit to", {},
                "give the survey that these predictions are of");
  }
  fit.calibrator.method = method;
  fit.calibrator.recalibration = fitted(items, method);
  fit.calibrator.fittedTo = sourceText(predictions);
  return fit;
}

Prediction recalibrated(const Recalibration& recalibration, const Prediction& prediction) {
  Prediction changed = prediction;
  // They were learned from the errors of other shares.
  changed.low.clear();
  changed.high.clear();
  std::visit(Change{changed}, recalibration);
  return changed;
}

Predictions recalibrated(const Calibrator& calibrator, const Predictions& predictions) {
  Predictions result;
  static_cast<PredictionSource&>(result) = predictions;
  result.intervals.reset();
  const std::string before = result.calibration.empty() ? "" : result.calibration + ", then ";
  result.calibration = before + describe(calibrator);
  for (const Prediction& prediction : predictions.predictions) {
    result.predictions.push_back(recalibrated(calibrator.recalibration, prediction));
  }
  return result;
}

std::string describe(const Calibrator& calibrator) {
  std::string text(methodName(calibrator.method));
  if (const auto* temperatures = std::get_if<Temperatures>(&calibrator.recalibration)) {
    text += fmt::format(" {:.4g}", temperatures->common);
    std::vector<std::string> own;
    for (const auto& [options, temperature] : temperatures->byOptions) {
      own.push_back(fmt::format("{:.4g} for {} options", temperature, options));
    }
    if (!own.empty()) text += fmt::format(" ({})", fmt::join(own, ", "));
  } else if (const auto* linear = std::get_if<LinearShares>(&calibrator.recalibration)) {
    text += fmt::format(" with slope {:.4g}", linear->slope);
  } else {
    text += fmt::format(" with {} knots",
                        std::get<IsotonicShares>(calibrator.recalibration).knots.size());
  }
  return text + fmt::format(", fitted to {}", counted(calibrator.items.size(), "item"));
}

}  // namespace canvass
