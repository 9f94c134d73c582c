#include "predictions/predictions.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/input_file.h"
#include "predictions/prediction_lines.h"

namespace canvass {
namespace {

constexpr FileKind predictionsKind{"predictions", 2};
// What a reader of the first form can read is written in it.
constexpr FileKind withoutIntervals{"predictions", 1};

Json headerToJson(const PredictionSource& source) {
  Json header = makeHeader(source.intervals ? predictionsKind : withoutIntervals);
  putSource(source, header);
  return header;
}

}  // namespace

Prediction predictionFor(const Survey& survey, const Item& item) {
  Prediction prediction;
  prediction.question = survey.questionOf(item).id;
  prediction.population = survey.populationOf(item).id;
  prediction.labels = labelsOf(survey.questionOf(item));
  return prediction;
}

void writePredictions(const Predictions& predictions, const std::filesystem::path& path) {
  PredictionWriter writer(predictions, path);
  for (const Prediction& prediction : predictions.predictions) writer.write(prediction);
  writer.commit();
}

Predictions readPredictions(const std::filesystem::path& path) {
  const InputFile file(path);
  Predictions result;
  std::set<ItemId> seen;
  readJsonLines(
      file.text(), path.string(), predictionsKind,
      [&result](const JsonLine& line) {
        static_cast<PredictionSource&>(result) = sourceFromJson(line);
      },
      [&](const JsonLine& line) {
        result.predictions.push_back(predictionFromJson(line));
        checkPrediction(result.predictions.back(), seen, line.where);
      });
  return result;
}

PredictionWriter::PredictionWriter(const PredictionSource& source,
                                   const std::filesystem::path& path, Storage& storage)
    : name_(path.string()), file_(path, storage) {
  file_.write(std::string_view(jsonLine(headerToJson(source))));
}

void PredictionWriter::write(const Prediction& prediction) {
  checkPrediction(prediction, written_,
                  fmt::format("{}, prediction {}", name_, written_.size() + 1));
  file_.write(std::string_view(jsonLine(predictionToJson(prediction))));
}

}  // namespace canvass
