#include "predictions/prediction_journal.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/input_file.h"
#include "predictions/prediction_lines.h"

namespace canvass {
namespace {

constexpr FileKind journalKind{"partial-predictions", 1};

constexpr const char* dependenciesKey = "depends_on";

Json headerOf(const PredictionSource& source, const AnswerDependencies& dependencies) {
  Json header = makeHeader(journalKind);
  putSource(source, header);
  Json& all = header[dependenciesKey] = Json::object();
  for (const auto& [name, content] : dependencies) all[name] = content;
  return header;
}

// The keys under which two objects differ, or that only one of them has.
void addDifferences(const Json& one, const Json& other, std::vector<std::string>& names) {
  for (const auto& [key, value] : one.items()) {
    const auto found = other.find(key);
    if (key != dependenciesKey && (found == other.end() || *found != value)) names.push_back(key);
  }
  for (const auto& [key, value] : other.items()) {
    if (key != dependenciesKey && !one.contains(key)) names.push_back(key);
  }
}

// What an earlier run depended on that is another now.
std::vector<std::string> differences(const Json& earlier, const Json& now) {
  std::vector<std::string> names;
  addDifferences(now, earlier, names);
  const auto dependencies = earlier.find(dependenciesKey);
  const bool isKnown = dependencies != earlier.end() && dependencies->is_object();
  addDifferences(now[dependenciesKey], isKnown ? *dependencies : Json::object(), names);
  return names;
}

bool sameLabels(const Question& question, const Prediction& prediction) {
  if (question.options.size() != prediction.labels.size()) return false;
  for (std::size_t i = 0; i < prediction.labels.size(); ++i) {
    if (question.options[i].label != prediction.labels[i]) return false;
  }
  return true;
}

}  // namespace

PredictionJournal::PredictionJournal(const PredictionSource& source,
                                     const AnswerDependencies& dependencies,
                                     const std::filesystem::path& target, Storage& storage)
    : storage_(storage),
      source_(source),
      target_(target),
      file_(target.string() + ".partial", jsonLine(headerOf(source, dependencies)), storage) {
  read(headerOf(source, dependencies));
}

void PredictionJournal::read(const Json& header) {
  const auto requireSame = [&](const JsonLine& earlier) {
    const std::vector<std::string> names = differences(earlier.object, header);
    if (names.empty()) return;
    throw Error(fmt::format("there is an unfinished run, from which this one differs in: {}",
                            fmt::join(names, ", ")),
                path().string(), "remove the file, or choose another output");
  };
  std::set<ItemId> seen;
  readJsonLines(InputFile(path()).text(), path().string(), journalKind, requireSame,
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
