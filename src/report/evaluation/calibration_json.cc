#include "report/evaluation/calibration_json.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace canvass {
namespace {

struct BinKeys {
  const char* count;
  const char* confidence;
  const char* accuracy;
};

constexpr BinKeys ofItems{"items", "confidence", "accuracy"};
constexpr BinKeys ofShares{"shares", "predicted", "observed"};

Json binsToJson(const Reliability& reliability, const BinKeys& keys) {
  Json bins = Json::array();
  for (const ReliabilityBin& bin : reliability.bins) {
    const bool empty = bin.items == 0;
    bins.push_back({{"low", bin.low},
                    {"high", bin.high},
                    {keys.count, bin.items},
                    {keys.confidence, empty ? Json() : Json(bin.confidence)},
                    {keys.accuracy, empty ? Json() : Json(bin.accuracy)}});
  }
  return bins;
}

Json itemToJson(const Survey& observed, const ItemCalibration& calibration) {
  const Item& item = observed.items[calibration.item];
  return {
      {"question", observed.questionOf(item).id},  {"population", observed.populationOf(item).id},
      {"confidence", calibration.confidence},      {"accuracy", calibration.accuracy},
      {"entropy_error", calibration.entropyError}, {"rank_score", calibration.rankScore},
      {"distance", calibration.distance}};
}

}  // namespace

Json calibrationToJson(const Survey& observed, const Calibration& calibration) {
  Json json{
      {"accuracy", calibration.accuracy},
      {"confidence", calibration.confidence},
      {"ece", calibration.equalWidth.error},
      {"bins", binsToJson(calibration.equalWidth, ofItems)},
      {"equal_mass",
       {{"ece", calibration.equalMass.error},
        {"bins", binsToJson(calibration.equalMass, ofItems)}}},
      {"shares",
       {{"error", calibration.shares.error}, {"bins", binsToJson(calibration.shares, ofShares)}}},
      {"entropy_error_signed", calibration.entropyError},
      {"items", Json::array()}};
  for (const ItemCalibration& item : calibration.items) {
    json["items"].push_back(itemToJson(observed, item));
  }
  return json;
}

std::string calibrationSummary(const std::string& title, const Calibration& calibration,
                               const TerminalStyle& style) {
  const char* direction = calibration.entropyError < 0.0 ? "too sure" : "too unsure";
  return paragraph(
      fmt::format("{}, calibration: option shares off by {:.3f}, {} by {:.3f} nats of entropy; "
                  "against the majority answer, right in {} at a mean confidence of {}, expected "
                  "calibration error (ECE) {:.3f} ({} of equal width).",
                  title, calibration.shares.error, direction, std::abs(calibration.entropyError),
                  percent(calibration.accuracy), percent(calibration.confidence),
                  calibration.equalWidth.error, counted(calibration.equalWidth.bins.size(), "bin")),
      style);
}

}  // namespace canvass
