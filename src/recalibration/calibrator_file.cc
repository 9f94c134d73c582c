#include "recalibration/calibrator_file.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "survey/jsonl.h"

namespace canvass {
namespace {

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

// The parameters of a method that is about to be read, still without values.
Recalibration parametersOf(CalibrationMethod method) {
  if (method == CalibrationMethod::linear) return LinearShares{};
  if (method == CalibrationMethod::isotonic) return IsotonicShares{};
  return Temperatures{};
}

void writeMethod(const CalibratorFile& file, const char* key, Json& object) {
  object[key] = methodName(file.method);
}

void readMethod(const Json& object, const char* key, const std::string& where,
                CalibratorFile& file) {
  file.method = parseCalibrationMethod(requireKey<std::string>(object, key, where));
  file.recalibration = parametersOf(file.method);
}

void writeTemperature(const CalibratorFile& file, const char* key, Json& object) {
  if (const auto* some = std::get_if<Temperatures>(&file.recalibration)) {
    object[key] = some->common;
  }
}

void readTemperature(const Json& object, const char* key, const std::string& where,
                     CalibratorFile& file) {
  if (auto* some = std::get_if<Temperatures>(&file.recalibration)) {
    some->common = positive(requireKey<double>(object, key, where), key, where);
  }
}

void writeByOptions(const CalibratorFile& file, const char* key, Json& object) {
  const auto* some = std::get_if<Temperatures>(&file.recalibration);
  if (some == nullptr) return;
  for (const auto& [options, temperature] : some->byOptions) {
    object[key][std::to_string(options)] = temperature;
  }
}

std::size_t numberOfOptions(const std::string& text, const std::string& where) {
  std::size_t options = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), options);
  if (fault == std::errc() && end == text.data() + text.size()) return options;
  throw Error(fmt::format("\"{}\" is not a number of options", text), where);
}

void readByOptions(const Json& object, const char* key, const std::string& where,
                   CalibratorFile& file) {
  auto* some = std::get_if<Temperatures>(&file.recalibration);
  if (some == nullptr || !object.contains(key)) return;
  for (const auto& [text, value] : object[key].items()) {
    const auto temperature = requireKey<double>(object[key], text.c_str(), where);
    some->byOptions[numberOfOptions(text, where)] = positive(temperature, text.c_str(), where);
  }
}

void writeSlope(const CalibratorFile& file, const char* key, Json& object) {
  if (const auto* linear = std::get_if<LinearShares>(&file.recalibration)) {
    object[key] = linear->slope;
  }
}

void readSlope(const Json& object, const char* key, const std::string& where,
               CalibratorFile& file) {
  auto* linear = std::get_if<LinearShares>(&file.recalibration);
  if (linear == nullptr) return;
  linear->slope = requireKey<double>(object, key, where);
  if (std::isfinite(linear->slope) && linear->slope >= 0.0) return;
  throw Error(fmt::format("\"{}\" is {}, below 0", key, linear->slope), where);
}

template <double IsotonicKnot::*share>
void writeKnots(const CalibratorFile& file, const char* key, Json& object) {
  const auto* isotonic = std::get_if<IsotonicShares>(&file.recalibration);
  if (isotonic == nullptr) return;
  for (const IsotonicKnot& knot : isotonic->knots) object[key].push_back(knot.*share);
}

void readPredicted(const Json& object, const char* key, const std::string& where,
                   CalibratorFile& file) {
  auto* isotonic = std::get_if<IsotonicShares>(&file.recalibration);
  if (isotonic == nullptr) return;
  for (const double share : requireKey<std::vector<double>>(object, key, where)) {
    isotonic->knots.push_back({share, 0.0});
  }
}

// Comes after the predicted shares of the knots.
void readCalibrated(const Json& object, const char* key, const std::string& where,
                    CalibratorFile& file) {
  auto* isotonic = std::get_if<IsotonicShares>(&file.recalibration);
  if (isotonic == nullptr) return;
  std::vector<IsotonicKnot>& knots = isotonic->knots;
  const auto calibrated = requireKey<std::vector<double>>(object, key, where);
  if (knots.empty() || knots.size() != calibrated.size()) {
    throw Error(fmt::format("{} values of \"predicted\" and {} of \"{}\"", knots.size(),
                            calibrated.size(), key),
                where);
  }
  for (std::size_t i = 0; i < knots.size(); ++i) {
    knots[i].calibrated = calibrated[i];
    const bool rises = i == 0 || (knots[i].predicted > knots[i - 1].predicted &&
                                  calibrated[i] >= calibrated[i - 1]);
    if (!rises || calibrated[i] < 0.0) {
      throw Error(fmt::format("knot {} is not above the one before it, or is below 0", i + 1),
                  where);
    }
  }
}

void writeFit(const CalibratorFile& file, const char* key, Json& object) {
  object[key] = {{"before", figuresToJson(file.before)}, {"after", figuresToJson(file.after)}};
}

// For people: nothing that recalibrates goes by these figures.
void readFit(const Json&, const char*, const std::string&, CalibratorFile&) {}

constexpr std::array itemIdTable = {requiredField<ItemId, &ItemId::first>("question"),
                                    requiredField<ItemId, &ItemId::second>("population")};

Fields<ItemId> itemIdFields() { return itemIdTable; }

constexpr std::array calibratorTable = {
    Field<CalibratorFile>{"method", writeMethod, readMethod},
    Field<CalibratorFile>{"temperature", writeTemperature, readTemperature},
    Field<CalibratorFile>{"by_options", writeByOptions, readByOptions},
    Field<CalibratorFile>{"slope", writeSlope, readSlope},
    Field<CalibratorFile>{"predicted", writeKnots<&IsotonicKnot::predicted>, readPredicted},
    Field<CalibratorFile>{"calibrated", writeKnots<&IsotonicKnot::calibrated>, readCalibrated},
    requiredField<CalibratorFile, &Calibrator::fittedTo>("fitted_to"),
    Field<CalibratorFile>{"fit", writeFit, readFit},
    listField<CalibratorFile, &Calibrator::items, itemIdFields>("items")};

}  // namespace

Fields<CalibratorFile> calibratorFields() { return calibratorTable; }

void writeCalibrator(const Calibrator& calibrator, const FitFigures& before,
                     const FitFigures& after, const std::filesystem::path& path) {
  Json json = makeHeader({"calibrator", 1});
  writeRecord(calibratorFields(), CalibratorFile{calibrator, before, after}, json);
  writeFileAtomically(path, jsonText(json) + "\n");
}

Calibrator readCalibrator(const std::filesystem::path& path) {
  const std::string where = path.string();
  const Json json = parseJson(readFile(path), where);
  if (!json.is_object() || !json.contains("canvass") || json["canvass"] != "calibrator" ||
      !json.contains("version") || json["version"] != 1) {
    throw Error("this is not a calibrator of version 1", where,
                "make one with canvass calibrate fit");
  }
  CalibratorFile file;
  readRecord(calibratorFields(), json, where, file, headerKeys);
  return file;
}

}  // namespace canvass
