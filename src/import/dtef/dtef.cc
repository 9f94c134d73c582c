#include "import/dtef/dtef.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "base/list_text.h"
#include "base/utf8.h"
#include "import/published/options.h"
#include "import/published/question_details.h"
#include "import/published/shares.h"
#include "import/published/skip_record.h"
#include "survey/survey_builder.h"

namespace canvass {
namespace {

// "age group" for "ageGroup".
std::string wordsOf(const std::string& name) {
  std::string words;
  for (const char letter : name) {
    if (std::isupper(static_cast<unsigned char>(letter)) != 0) {
      words += ' ';
      words += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    } else {
      words += letter;
    }
  }
  return words;
}

// "someone from Japan whose gender is female and whose age group is 18-25"
std::string phraseOf(const std::map<std::string, std::string>& attributes) {
  std::string from;
  std::vector<std::string> traits;
  for (const auto& [name, value] : attributes) {
    if (name == "country") {
      from = " from " + value;
    } else {
      traits.push_back(fmt::format("whose {} is {}", wordsOf(name), value));
    }
  }
  std::string phrase = "someone" + from;
  for (std::size_t i = 0; i < traits.size(); ++i) {
    phrase += (i == 0 ? " " : i + 1 == traits.size() ? " and " : ", ") + traits[i];
  }
  return phrase;
}

class DtefReader {
 public:
  explicit DtefReader(const ImportOptions& options) : options_(options) {}

  ImportResult read(const std::filesystem::path& path);

 private:
  void addQuestion(const std::string& id, const Json& question);
  void addSegment(const Json& segment, std::size_t number);
  void addResponse(const Json& response, std::size_t population, double size);
  Population populationOf(const Json& segment) const;
  void noteFormat(std::size_t segments);

  const ImportOptions& options_;
  std::string file_;
  SurveyBuilder builder_;
  ImportResult result_;
  std::set<std::string> otherKinds_;  // ids of questions that are not single-select
};

ImportResult DtefReader::read(const std::filesystem::path& path) {
  file_ = path.string();
  const Json survey = parseJson(readFile(path), file_);
  if (!survey.is_object()) throw Error("a JSON object was expected", file_);
  const auto questions = survey.find("questions");
  if (questions == survey.end() || !questions->is_object()) {
    throw Error("\"questions\" must be an object of questions by id", file_);
  }
  for (const auto& [id, question] : questions->items()) {
    readOrSkip({file_, 0, id, fmt::format("{}, question {}", file_, id)}, options_, result_,
               [&, &one = question, &key = id] { addQuestion(key, one); });
  }
  const auto segments = survey.find("segments");
  if (segments == survey.end() || !segments->is_array()) {
    throw Error("\"segments\" must be a list", file_);
  }
  for (std::size_t i = 0; i < segments->size(); ++i) addSegment((*segments)[i], i + 1);
  requireItems(builder_.survey(), result_, file_);
  result_.survey = builder_.finish();
  const std::string stem = visible(path.stem().string());
  const auto name = optionalKey<std::string>(survey, "surveyName", stem, file_);
  result_.survey.name = options_.name.empty() ? name : options_.name;
  result_.survey.source = options_.source.empty()
                              ? optionalKey<std::string>(survey, "source", "", file_)
                              : options_.source;
  applyQuestionDetails(options_, result_);
  noteFormat(segments->size());
  noteOddQuestions(result_);
  return std::move(result_);
}

void DtefReader::addQuestion(const std::string& id, const Json& question) {
  if (requireKey<std::string>(question, "type", {}) != "single-select") {
    otherKinds_.insert(id);
    return;
  }
  Question made;
  made.id = id;
  made.text = requireKey<std::string>(question, "text", {});
  made.options = labeledOptions(requireKey<std::vector<std::string>>(question, "options", {}));
  builder_.addQuestion(std::move(made), {});
}

Population DtefReader::populationOf(const Json& segment) const {
  Population population;
  population.id = requireKey<std::string>(segment, "id", {});
  population.name = requireKey<std::string>(segment, "label", {});
  const auto attributes = segment.find("attributes");
  if (attributes == segment.end() || !attributes->is_object()) {
    throw Error("\"attributes\" must be an object of texts");
  }
  for (const auto& [name, value] : attributes->items()) {
    population.attributes[name] = requireKey<std::string>(*attributes, name.c_str(), {});
  }
  population.phrase = phraseOf(population.attributes);
  return population;
}

void DtefReader::addSegment(const Json& segment, std::size_t number) {
  RecordAtHand record{file_, number, {}, fmt::format("{}, segment {}", file_, number)};
  std::optional<std::size_t> population;
  double size = 0.0;
  readOrSkip(record, options_, result_, [&] {
    if (!segment.is_object()) throw Error("a JSON object was expected");
    size = requireKey<double>(segment, "sampleSize", {});
    if (!segment.contains("responses") || !segment["responses"].is_array()) {
      throw Error("\"responses\" must be a list");
    }
    if (!(size > 0.0)) throw Error(fmt::format("the sampleSize is {}", size));
    population = builder_.addPopulation(populationOf(segment), {});
  });
  if (!population) return;
  for (const Json& response : segment["responses"]) {
    record.id = response.is_object() ? response.value("questionId", Json()).dump() : "";
    record.place = fmt::format("{}, segment {}, question {}", file_, number, record.id);
    readOrSkip(record, options_, result_, [&] { addResponse(response, *population, size); });
  }
}

void DtefReader::addResponse(const Json& response, std::size_t population, double size) {
  if (!response.is_object()) throw Error("a JSON object was expected");
  const auto id = requireKey<std::string>(response, "questionId", {});
  if (otherKinds_.contains(id)) return;
  Item item;
  item.question = builder_.questionIndex(id, {});
  item.population = population;
  const auto shares = requireKey<std::vector<double>>(response, "distribution", {});
  const std::size_t options = builder_.survey().questions[item.question].options.size();
  if (shares.size() != options) {
    throw Error(fmt::format("there are {} for {}", counted(shares.size(), "share"),
                            counted(options, "option")));
  }
  item.observed = toDistribution(shares, ShareScale::percentages);
  item.respondents = size;
  builder_.addItem(std::move(item), {});
}

void DtefReader::noteFormat(std::size_t segments) {
  result_.notes.push_back(fmt::format("{}: {}", file_, counted(segments, "segment")));
  result_.notes.emplace_back(
      "the format does not say which questions are nominal: all are treated as ordinal except "
      "those named as nominal");
  result_.notes.emplace_back(
      "n is the size of the segment: how many of it answered a question is not published");
  if (otherKinds_.empty()) return;
  result_.notes.push_back(fmt::format("left out: {} of other types than single-select: {}",
                                      counted(otherKinds_.size(), "question"),
                                      listText({otherKinds_.begin(), otherKinds_.end()})));
}

}  // namespace

ImportResult importDtef(const std::vector<std::filesystem::path>& files,
                        const ImportOptions& options) {
  if (files.size() != 1) {
    throw Error("ids of questions belong to one file, so only one can be imported at a time", {},
                "import each file separately");
  }
  return DtefReader(options).read(files.front());
}

bool isDtefFile(const std::filesystem::path& path) {
  const std::string beginning = fileBeginning(path, 4096);
  const auto start = beginning.find_first_not_of(" \t\r\n");
  return start != std::string::npos && beginning[start] == '{' &&
         beginning.find("\"surveyId\"") != std::string::npos;
}

}  // namespace canvass
