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

// Without a last line that has no end: what a killed run had begun to write.
std::string wholeLines(std::string text) {
  const std::size_t end = text.rfind('\n');
  text.resize(end == std::string::npos ? 0 : end + 1);
  return text;
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
    : storage_(storage), source_(source), target_(target), path_(target.string() + ".partial") {
  const std::string header = headerLine(source, fingerprint);
  if (std::filesystem::exists(path_)) {
    read(header);
  } else {
    writeFileAtomically(path_, header, storage_);
  }
  std::error_code reason;
  file_ = storage_.extend(path_, reason);
  if (reason) failToStore(path_, "write it", reason);
  bytes_ = std::filesystem::file_size(path_);
}

void PredictionJournal::read(const std::string& header) {
  const std::string text = wholeLines(readFile(path_));
  writeFileAtomically(path_, text.empty() ? header : text, storage_);
  if (text.empty()) return;
  if (!text.starts_with(header)) {
    throw Error(
        "there is an unfinished run with a different model, adapter, template, precision, evidence "
        "or way of reading",
        path_.string(), "remove the file, or choose another output");
  }
  std::set<ItemId> seen;
  readJsonLines(
      text, path_.string(), kind, [](const JsonLine&) {},
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
                  path_.string(), "remove the file, or choose another output");
    }
  }
  return indices;
}

void PredictionJournal::append(const std::vector<Prediction>& predictions) {
  if (file_ == nullptr) {
    throw Error("an earlier write failed", path_.string(),
                "start again: the run resumes from there");
  }
  std::string lines;
  for (const Prediction& prediction : predictions) lines += jsonLine(predictionToJson(prediction));
  if (const std::error_code reason = file_->write(lines)) {
    // Half a line would spoil the next one.
    if (file_->cut(bytes_)) file_.reset();
    failToStore(path_, "write it", reason);
  }
  bytes_ += lines.size();
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
          path_.string());
    }
    writer.write(found->second);
  }
  writer.commit();
  file_.reset();
  if (const std::error_code reason = storage_.remove(path_))
    failToStore(path_, "remove it", reason);
}

}  // namespace canvass
