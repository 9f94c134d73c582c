#include "predictions/prediction_journal.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "predictions/prediction_lines.h"

namespace canvass {
namespace {

constexpr const char* kind = "partial-predictions";

std::string headerLine(const PredictionSource& source, const std::string& fingerprint) {
  Json header = makeHeader(kind);
  putSource(source, header);
  header["fingerprint"] = fingerprint;
  return jsonLine(header);
}

bool sameLabels(const Question& question, const Prediction& prediction) {
  if (question.options.size() != prediction.labels.size()) return false;
  for (std::size_t i = 0; i < prediction.labels.size(); ++i) {
    if (question.options[i].label != prediction.labels[i]) return false;
  }
  return true;
}

}  // namespace

PredictionJournal::PredictionJournal(const PredictionSource& source, const std::string& fingerprint,
                                     const std::filesystem::path& target, Storage& storage)
    : storage_(storage),
      source_(source),
      target_(target),
      file_(target.string() + ".partial", headerLine(source, fingerprint), storage) {
  read(headerLine(source, fingerprint));
}

void PredictionJournal::read(const std::string& header) {
  const std::string text = readFile(path());
  if (!text.starts_with(header)) {
    throw Error(
        "there is an unfinished run with a different model, adapter, template, precision, evidence "
        "or way of reading",
        path().string(), "remove the file, or choose another output");
  }
  std::set<ItemId> seen;
  readJsonLines(
      text, path().string(), kind, [](const JsonLine&) {},
      [&](const JsonLine& line) {
        Prediction prediction = predictionFromJson(line);
        checkPrediction(prediction, seen, line.where);
        ItemId id = idOf(prediction);
        predictions_.emplace(std::move(id), std::move(prediction));
      });
}

std::vector<std::size_t> PredictionJournal::missing(const Survey& survey) const {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < survey.items.size(); ++i) {
    const Question& question = survey.questionOf(survey.items[i]);
    const auto found = predictions_.find(idOf(survey, survey.items[i]));
    if (found == predictions_.end()) {
      indices.push_back(i);
    } else if (!sameLabels(question, found->second)) {
      throw Error(fmt::format("question {} was predicted with different options", question.id),
                  path().string(), "remove the file, or choose another output");
    }
  }
  return indices;
}

void PredictionJournal::append(const std::vector<Prediction>& predictions) {
  std::string lines;
  for (const Prediction& prediction : predictions) lines += jsonLine(predictionToJson(prediction));
  file_.append(lines);
  for (const Prediction& prediction : predictions) {
    predictions_.emplace(idOf(prediction), prediction);
  }
}

void PredictionJournal::finish(const Survey& survey) {
  PredictionWriter writer(source_, target_, storage_);
  for (const Item& item : survey.items) {
    const auto found = predictions_.find(idOf(survey, item));
    if (found == predictions_.end()) {
      const auto [question, population] = idOf(survey, item);
      throw Error(
          fmt::format("question {}, population {} has not been predicted", question, population),
          path().string());
    }
    writer.write(found->second);
  }
  writer.commit();
  file_.remove();
}

}  // namespace canvass
