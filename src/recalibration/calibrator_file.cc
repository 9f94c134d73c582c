#include "recalibration/calibrator_file.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "survey/jsonl.h"

namespace canvass {
namespace {

struct ParametersToJson {
  Json& json;

  void operator()(const Temperatures& temperatures) const {
    json["temperature"] = temperatures.common;
    for (const auto& [options, temperature] : temperatures.byOptions) {
      json["by_options"][std::to_string(options)] = temperature;
    }
  }
  void operator()(const LinearShares& linear) const { json["slope"] = linear.slope; }
  void operator()(const IsotonicShares& isotonic) const {
    for (const IsotonicKnot& knot : isotonic.knots) {
      json["predicted"].push_back(knot.predicted);
      json["calibrated"].push_back(knot.calibrated);
    }
  }
};

Json figuresToJson(const FitFigures& figures) {
  Json json{{"items", figures.metrics.items}};
  for (std::size_t m = 0; m < itemMetrics().size(); ++m) {
    const MetricMean& mean = figures.metrics.means[m];
    const bool finite = mean.items > 0 && std::isfinite(mean.mean);
    json[std::string(itemMetrics()[m].name)] = finite ? Json(mean.mean) : Json();
  }
  json["ece"] = figures.calibrationError;
  json["share_error"] = figures.shareError;
  return json;
}

double positive(double value, const char* key, const std::string& where) {
  if (std::isfinite(value) && value > 0.0) return value;
  throw Error(fmt::format("\"{}\" is {}, not a number above 0", key, value), where);
}

Temperatures temperaturesFrom(const Json& json, const std::string& where) {
  Temperatures result;
  result.common = positive(requireKey<double>(json, "temperature", where), "temperature", where);
  if (!json.contains("by_options")) return result;
  for (const auto& [key, value] : json["by_options"].items()) {
    std::size_t options = 0;
    const auto [end, fault] = std::from_chars(key.data(), key.data() + key.size(), options);
    if (fault != std::errc() || end != key.data() + key.size()) {
      throw Error(fmt::format("\"{}\" is not a number of options", key), where);
    }
    result.byOptions[options] =
        positive(requireKey<double>(json["by_options"], key.c_str(), where), key.c_str(), where);
  }
  return result;
}

LinearShares linearFrom(const Json& json, const std::string& where) {
  const double slope = requireKey<double>(json, "slope", where);
  if (!std::isfinite(slope) || slope < 0.0) {
    throw Error(fmt::format("\"slope\" is {}, below 0", slope), where);
  }
  return {slope};
}

IsotonicShares isotonicFrom(const Json& json, const std::string& where) {
  const auto predicted = requireKey<std::vector<double>>(json, "predicted", where);
  const auto calibrated = requireKey<std::vector<double>>(json, "calibrated", where);
  if (predicted.empty() || predicted.size() != calibrated.size()) {
    throw Error(fmt::format("{} values of \"predicted\" and {} of \"calibrated\"", predicted.size(),
                            calibrated.size()),
                where);
  }
  IsotonicShares result;
  for (std::size_t i = 0; i < predicted.size(); ++i) {
    const bool rises =
        i == 0 || (predicted[i] > predicted[i - 1] && calibrated[i] >= calibrated[i - 1]);
    if (!rises || calibrated[i] < 0.0) {
      throw Error(fmt::format("knot {} does not rise, or is below 0", i + 1), where);
    }
    result.knots.push_back({predicted[i], calibrated[i]});
  }
  return result;
}

Recalibration recalibrationFrom(CalibrationMethod method, const Json& json,
                                const std::string& where) {
  if (method == CalibrationMethod::linear) return linearFrom(json, where);
  if (method == CalibrationMethod::isotonic) return isotonicFrom(json, where);
  return temperaturesFrom(json, where);
}

}  // namespace

void writeCalibrator(const Calibrator& calibrator, const FitFigures& before,
                     const FitFigures& after, const std::filesystem::path& path) {
  Json json = makeHeader("calibrator");
  json["method"] = methodName(calibrator.method);
  std::visit(ParametersToJson{json}, calibrator.recalibration);
  json["fitted_to"] = calibrator.fittedTo;
  json["fit"] = {{"before", figuresToJson(before)}, {"after", figuresToJson(after)}};
  json["items"] = Json::array();
  for (const auto& [question, population] : calibrator.items) {
    json["items"].push_back({{"question", question}, {"population", population}});
  }
  writeFileAtomically(path, json.dump() + "\n");
}

Calibrator readCalibrator(const std::filesystem::path& path) {
  const std::string where = path.string();
  const Json json = parseJson(readFile(path), where);
  if (!json.is_object() || !json.contains("canvass") || json["canvass"] != "calibrator" ||
      !json.contains("version") || json["version"] != 1) {
    throw Error("this is not a calibrator of version 1", where,
                "make one with canvass calibrate fit");
  }
  rejectUnknownKeys(json,
                    {"canvass", "version", "method", "temperature", "by_options", "slope",
                     "predicted", "calibrated", "fitted_to", "fit", "items"},
                    where);
  Calibrator calibrator;
  calibrator.method = parseCalibrationMethod(requireKey<std::string>(json, "method", where));
  calibrator.recalibration = recalibrationFrom(calibrator.method, json, where);
  calibrator.fittedTo = requireKey<std::string>(json, "fitted_to", where);
  if (!json.contains("items") || !json["items"].is_array()) {
    throw Error("\"items\" is missing or not a list", where);
  }
  for (const Json& item : json["items"]) {
    calibrator.items.emplace_back(requireKey<std::string>(item, "question", where),
                                  requireKey<std::string>(item, "population", where));
  }
  return calibrator;
}

}  // namespace canvass
