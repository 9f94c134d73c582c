#include "import/simllm/simllm.h"

#include <fmt/format.h>

#include <set>
#include <string>
#include <unordered_map>

#include "base/error.h"
#include "base/file.h"
#include "base/input_file.h"
#include "base/list_text.h"
#include "base/utf8.h"
#include "import/published/question_details.h"
#include "import/published/shares.h"
#include "import/published/skip_record.h"
#include "import/simllm/record.h"
#include "import/simllm/record_texts.h"
#include "survey/survey_builder.h"

namespace canvass {
namespace {

using simllm::Record;

// Takes records from any number of files into one survey.
class SimllmReader {
 public:
  explicit SimllmReader(const ImportOptions& options) : options_(options) {}

  void readFile(const std::filesystem::path& path);
  ImportResult finish(const std::string& name);

 private:
  void addOrSkip(std::string_view text, ShareScale scale, const std::string& file,
                 std::size_t number, const std::string& id);
  void add(const Record& record, ShareScale scale, const std::string& place);
  void checkLanguage(const Record& record, const std::string& place);
  void checkMeaning(const Record& record, const std::string& place);
  void noteUnknownKeys();

  const ImportOptions& options_;
  SurveyBuilder builder_;
  ImportResult result_;
  std::string language_;                                      // of the first good record
  std::string languagePlace_;                                 // its location
  std::unordered_map<std::string, std::string> firstPlaces_;  // of each question, by id
  std::set<std::string> unknownKeys_;
};

void SimllmReader::readFile(const std::filesystem::path& path) {
  const InputFile file(path);
  const std::string name = path.string();
  const std::vector<std::string_view> texts = simllm::recordTexts(file.text(), name);
  if (texts.empty()) throw Error("the file has no records", name);
  std::vector<simllm::RecordPreview> previews;
  std::vector<double> sums;
  for (const std::string_view text : texts) {
    sums.push_back(previews.emplace_back(simllm::previewRecord(text)).sum);
  }
  const ShareScale scale = detectShareScale(sums);
  result_.notes.push_back(fmt::format("{}: {}; the shares are {}", name,
                                      counted(texts.size(), "record"), shareScaleName(scale)));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    addOrSkip(texts[i], scale, name, i + 1, previews[i].id);
  }
}

void SimllmReader::addOrSkip(std::string_view text, ShareScale scale, const std::string& file,
                             std::size_t number, const std::string& id) {
  const std::string place = recordPlace(file, number, id);
  readOrSkip({file, number, id, place}, options_, result_,
             [&] { add(simllm::parseRecord(text), scale, place); });
}

// Nothing is added before everything is checked: a record is in the survey whole or not at all.
void SimllmReader::add(const Record& record, ShareScale scale, const std::string& place) {
  const Distribution distribution = toDistribution(record.shares, scale);
  checkLanguage(record, place);
  checkMeaning(record, place);
  Item item;
  item.question = builder_.findOrAddQuestion(record.question, {});
  item.population = builder_.findOrAddPopulation(record.population, {});
  item.observed = distribution;
  builder_.addItem(std::move(item), {});
  unknownKeys_.insert(record.unknownKeys.begin(), record.unknownKeys.end());
}

void SimllmReader::checkLanguage(const Record& record, const std::string& place) {
  if (language_.empty()) {
    language_ = record.language;
    languagePlace_ = place;
  }
  if (record.language != language_) {
    throw Error(fmt::format("the record is worded in \"{}\", but {} in \"{}\"", record.language,
                            languagePlace_, language_));
  }
}

void SimllmReader::checkMeaning(const Record& record, const std::string& place) {
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

void SimllmReader::noteUnknownKeys() {
  if (unknownKeys_.empty()) return;
  result_.notes.push_back(fmt::format("keys that the format does not have were not used: {}",
                                      fmt::join(unknownKeys_, ", ")));
}

ImportResult SimllmReader::finish(const std::string& name) {
  requireItems(builder_.survey(), result_, name);
  result_.survey = builder_.finish();
  result_.survey.name = options_.name.empty() ? name : options_.name;
  result_.survey.source = options_.source;
  result_.survey.language = language_;
  applyQuestionDetails(options_, result_);
  result_.notes.push_back(
      "the format does not say which questions are nominal: all are treated as ordinal except "
      "those named as nominal");
  noteOddQuestions(result_);
  noteUnknownKeys();
  return std::move(result_);
}

}  // namespace

ImportResult importSimllm(const std::vector<std::filesystem::path>& files,
                          const ImportOptions& options) {
  if (files.empty()) throw Error("there is no file to import");
  requireDistinctFiles(files);
  SimllmReader reader(options);
  std::vector<std::string> names;
  for (const std::filesystem::path& file : files) {
    reader.readFile(file);
    names.push_back(visible(file.stem().string()));
  }
  return reader.finish(fmt::format("{}", fmt::join(names, " + ")));
}

bool isSimllmFile(const std::filesystem::path& path) {
  constexpr std::size_t sniffed = 1 << 16;
  const InputFile file(path);
  const std::string_view text = file.text().substr(0, sniffed);
  const std::size_t open = text.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  if (open == std::string_view::npos || text[open] != '[') return false;
  return text.find("\"options_dist\"") != std::string_view::npos;
}

}  // namespace canvass
