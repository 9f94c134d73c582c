#include "import/simllm/simllm.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "base/error.h"
#include "base/file.h"
#include "import/simllm/record.h"
#include "import/simllm/record_texts.h"
#include "import/simllm/shares.h"
#include "survey/near_matches.h"
#include "survey/survey_builder.h"

namespace canvass {
namespace {

using simllm::Record;

std::string_view textOf(const MappedFile& file) {
  return {reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()};
}

// Takes records from any number of files into one survey.
class Reader {
 public:
  explicit Reader(const ImportOptions& options) : options_(options) {}

  void readFile(const std::filesystem::path& path);
  ImportResult finish(const std::string& name);

 private:
  void addOrSkip(std::string_view text, simllm::ShareScale scale, const std::string& file,
                 std::size_t number, const std::string& id);
  void add(const Record& record, simllm::ShareScale scale, const std::string& place);
  void checkLanguage(const Record& record, const std::string& place);
  void checkMeaning(const Record& record, const std::string& place);
  void applyQuestionDetails();
  void noteEmptyTexts();
  void noteNoAnswers();
  void noteUnknownKeys();

  const ImportOptions& options_;
  SurveyBuilder builder_;
  ImportResult result_;
  std::string language_;                                      // of the first good record
  std::string languagePlace_;                                 // its place
  std::unordered_map<std::string, std::string> firstPlaces_;  // of each question, by id
  std::set<std::string> unknownKeys_;
};

void Reader::readFile(const std::filesystem::path& path) {
  const MappedFile file(path);
  const std::string name = path.string();
  const std::vector<std::string_view> texts = simllm::recordTexts(textOf(file), name);
  if (texts.empty()) throw Error("the file has no record", name);
  std::vector<simllm::RecordPreview> previews;
  std::vector<double> sums;
  for (const std::string_view text : texts) {
    sums.push_back(previews.emplace_back(simllm::previewRecord(text)).sum);
  }
  const simllm::ShareScale scale = simllm::detectShareScale(sums);
  result_.notes.push_back(fmt::format("{}: {} records; the shares are {}", name, texts.size(),
                                      simllm::shareScaleName(scale)));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    addOrSkip(texts[i], scale, name, i + 1, previews[i].id);
  }
}

void Reader::addOrSkip(std::string_view text, simllm::ShareScale scale, const std::string& file,
                       std::size_t number, const std::string& id) {
  const std::string place = recordPlace(file, number, id);
  try {
    add(simllm::parseRecord(text), scale, place);
  } catch (const Error& error) {
    if (!options_.skipInvalid) {
      throw Error(error.what(), place, "correct the record, or import with bad records skipped");
    }
    result_.skipped.push_back({file, number, id, error.what()});
  }
}

// Nothing is added before everything is checked: a record is in the survey whole or not at all.
void Reader::add(const Record& record, simllm::ShareScale scale, const std::string& place) {
  const Distribution distribution = simllm::toDistribution(record.shares, scale);
  checkLanguage(record, place);
  checkMeaning(record, place);
  Item item;
  item.question = builder_.findOrAddQuestion(record.question, {});
  item.population = builder_.findOrAddPopulation(record.population, {});
  item.observed = distribution;
  builder_.addItem(std::move(item), {});
  unknownKeys_.insert(record.unknownKeys.begin(), record.unknownKeys.end());
}

void Reader::checkLanguage(const Record& record, const std::string& place) {
  if (language_.empty()) {
    language_ = record.language;
    languagePlace_ = place;
  }
  if (record.language != language_) {
    throw Error(fmt::format("the record is worded in \"{}\", but {} in \"{}\"", record.language,
                            languagePlace_, language_));
  }
}

void Reader::checkMeaning(const Record& record, const std::string& place) {
  const auto [first, isNew] = firstPlaces_.emplace(record.question.id, place);
  if (isNew) return;
  const Question& known =
      builder_.survey().questions[builder_.questionIndex(record.question.id, {})];
  const char* differing = known.text != record.question.text         ? "text"
                          : known.options != record.question.options ? "option list"
                                                                     : nullptr;
  if (differing != nullptr) {
    throw Error(
        fmt::format("the {} of the question differs from that of {}", differing, first->second));
  }
}

void Reader::applyQuestionDetails() {
  std::map<std::string, Question*> questions;
  std::vector<std::string> ids;
  for (Question& question : result_.survey.questions) {
    questions[question.id] = &question;
    ids.push_back(question.id);
  }
  for (const std::string& id : options_.nominalQuestions) {
    if (!questions.contains(id)) {
      throw Error(fmt::format("the nominal question \"{}\" is not in the survey", id), {},
                  suggestion(id, ids));
    }
    questions[id]->scale = Scale::nominal;
  }
  if (options_.topics.empty()) return;
  const std::vector<std::string> uncovered = applyTopics(options_.topics, result_.survey);
  if (!uncovered.empty()) {
    result_.notes.push_back(fmt::format("{} questions are in no range of the topics: {}",
                                        uncovered.size(), fmt::join(uncovered, ", ")));
  }
}

void Reader::noteEmptyTexts() {
  std::vector<std::string> ids;
  for (const Question& question : result_.survey.questions) {
    if (question.text.empty()) ids.push_back(question.id);
  }
  if (ids.empty()) return;
  result_.notes.push_back(
      fmt::format("{} questions have no text, only options: {}", ids.size(), fmt::join(ids, ", ")));
}

void Reader::noteNoAnswers() {
  const auto hasNoAnswer = [](const Question& question) {
    return question.scale == Scale::ordinal &&
           std::any_of(question.options.begin(), question.options.end(), simllm::isNoAnswer);
  };
  const auto count =
      std::count_if(result_.survey.questions.begin(), result_.survey.questions.end(), hasNoAnswer);
  if (count == 0) return;
  result_.notes.push_back(
      fmt::format("{} questions taken as ordinal have an option such as \"DK/Refused\", which has "
                  "no place in an order: it counts where it is listed",
                  count));
}

void Reader::noteUnknownKeys() {
  if (unknownKeys_.empty()) return;
  result_.notes.push_back(fmt::format("keys that the format does not have were not used: {}",
                                      fmt::join(unknownKeys_, ", ")));
}

ImportResult Reader::finish(const std::string& name) {
  if (builder_.survey().items.empty()) {
    throw Error(
        "no record could be used", name,
        result_.skipped.empty() ? "" : "the first fault: " + result_.skipped.front().reason);
  }
  result_.survey = builder_.finish();
  result_.survey.name = options_.name.empty() ? name : options_.name;
  result_.survey.source = options_.source;
  result_.survey.language = language_;
  applyQuestionDetails();
  result_.notes.push_back(
      "the format does not say which questions are nominal: all are taken as ordinal but those "
      "named as nominal");
  noteEmptyTexts();
  noteNoAnswers();
  noteUnknownKeys();
  return std::move(result_);
}

}  // namespace

ImportResult importSimllm(const std::vector<std::filesystem::path>& files,
                          const ImportOptions& options) {
  if (files.empty()) throw Error("there is no file to import");
  Reader reader(options);
  std::vector<std::string> names;
  for (const std::filesystem::path& file : files) {
    reader.readFile(file);
    names.push_back(file.stem().string());
  }
  return reader.finish(fmt::format("{}", fmt::join(names, " + ")));
}

bool isSimllmFile(const std::filesystem::path& path) {
  constexpr std::size_t sniffed = 1 << 16;
  const MappedFile file(path);
  const std::string_view text = textOf(file).substr(0, sniffed);
  const std::size_t open = text.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  if (open == std::string_view::npos || text[open] != '[') return false;
  return text.find("\"options_dist\"") != std::string_view::npos;
}

}  // namespace canvass
