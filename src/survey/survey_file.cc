#include "survey/survey_file.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "survey/jsonl.h"
#include "survey/survey_builder.h"

namespace canvass {
namespace {

std::string_view textOf(const MappedFile& file) {
  return {reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()};
}

void putIfGiven(Json& object, const char* key, const std::string& text) {
  if (!text.empty()) object[key] = text;
}

void putIfGiven(Json& object, const char* key, const std::optional<double>& number) {
  if (number) object[key] = *number;
}

Json headerToJson(const Survey& survey) {
  Json header = makeHeader("survey");
  putIfGiven(header, "name", survey.name);
  putIfGiven(header, "source", survey.source);
  header["language"] = survey.language;
  return header;
}

Json optionToJson(const Option& option) {
  Json object{{"label", option.label}, {"text", option.text}};
  putIfGiven(object, "value", option.value);
  return object;
}

Json questionToJson(const Question& question) {
  Json object{{"id", question.id}, {"text", question.text}};
  putIfGiven(object, "topic", question.topic);
  object["scale"] = scaleName(question.scale);
  for (const Option& option : question.options) object["options"].push_back(optionToJson(option));
  if (!question.missingCodes.empty()) object["missing_codes"] = question.missingCodes;
  return Json{{"question", std::move(object)}};
}

Json populationToJson(const Population& population) {
  Json object{{"id", population.id}, {"name", population.name}, {"phrase", population.phrase}};
  if (!population.attributes.empty()) object["attributes"] = population.attributes;
  return Json{{"population", std::move(object)}};
}

Json itemToJson(const Survey& survey, const Item& item) {
  Json object{{"question", survey.questionOf(item).id},
              {"population", survey.populationOf(item).id}};
  if (item.observed) object["distribution"] = *item.observed;
  putIfGiven(object, "n", item.respondents);
  putIfGiven(object, "n_eff", item.effectiveSampleSize);
  putIfGiven(object, "dont_know", item.dontKnow);
  putIfGiven(object, "refused", item.refused);
  return Json{{"item", std::move(object)}};
}

// Hands each line of the file to `write`, in order.
template <typename Write>
void writeLines(const Survey& survey, Write write) {
  write(jsonLine(headerToJson(survey)));
  for (const Question& question : survey.questions) write(jsonLine(questionToJson(question)));
  for (const Population& population : survey.populations) {
    write(jsonLine(populationToJson(population)));
  }
  for (const Item& item : survey.items) write(jsonLine(itemToJson(survey, item)));
}

// An absent or null key is no number.
std::optional<double> numberIfGiven(const Json& object, const char* key, const std::string& where) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return std::nullopt;
  return requireKey<double>(object, key, where);
}

Option optionFromJson(const Json& object, const std::string& where) {
  rejectUnknownKeys(object, {"label", "text", "value"}, where);
  return {requireKey<std::string>(object, "label", where),
          requireKey<std::string>(object, "text", where), numberIfGiven(object, "value", where)};
}

std::vector<Option> optionsFromJson(const Json& question, const std::string& where) {
  const auto found = question.find("options");
  if (found == question.end()) throw Error("the key \"options\" is missing", where);
  if (!found->is_array()) throw Error("\"options\" must be a list of options", where);
  std::vector<Option> options;
  for (const Json& option : *found) options.push_back(optionFromJson(option, where));
  return options;
}

Question questionFromJson(const Json& object, const std::string& where) {
  rejectUnknownKeys(object, {"id", "text", "topic", "scale", "options", "missing_codes"}, where);
  Question question;
  question.id = requireKey<std::string>(object, "id", where);
  question.text = requireKey<std::string>(object, "text", where);
  question.topic = optionalKey<std::string>(object, "topic", "", where);
  question.options = optionsFromJson(object, where);
  question.scale = parseScale(requireKey<std::string>(object, "scale", where), where);
  question.missingCodes = optionalKey<std::vector<std::string>>(object, "missing_codes", {}, where);
  return question;
}

std::map<std::string, std::string> attributesFromJson(const Json& population,
                                                      const std::string& where) {
  std::map<std::string, std::string> attributes;
  const auto found = population.find("attributes");
  if (found == population.end()) return attributes;
  if (!found->is_object()) throw Error("\"attributes\" must be an object of strings", where);
  for (const auto& [key, value] : found->items()) {
    attributes[key] = requireKey<std::string>(*found, key.c_str(), where);
  }
  return attributes;
}

Population populationFromJson(const Json& object, const std::string& where) {
  rejectUnknownKeys(object, {"id", "name", "phrase", "attributes"}, where);
  return {requireKey<std::string>(object, "id", where),
          requireKey<std::string>(object, "name", where),
          requireKey<std::string>(object, "phrase", where), attributesFromJson(object, where)};
}

Item itemFromJson(const Json& object, const SurveyBuilder& builder, const std::string& where) {
  rejectUnknownKeys(
      object, {"question", "population", "distribution", "n", "n_eff", "dont_know", "refused"},
      where);
  Item item;
  item.question = builder.questionIndex(requireKey<std::string>(object, "question", where), where);
  item.population =
      builder.populationIndex(requireKey<std::string>(object, "population", where), where);
  if (object.contains("distribution")) {
    item.observed = requireKey<std::vector<double>>(object, "distribution", where);
  }
  item.respondents = numberIfGiven(object, "n", where);
  item.effectiveSampleSize = numberIfGiven(object, "n_eff", where);
  item.dontKnow = numberIfGiven(object, "dont_know", where);
  item.refused = numberIfGiven(object, "refused", where);
  return item;
}

void readBodyLine(const JsonLine& line, SurveyBuilder& builder) {
  const auto& [object, where] = line;
  if (object.size() != 1) throw Error("a line holds one question, population or item", where);
  rejectUnknownKeys(object, {"question", "population", "item"}, where);
  const Json& content = object.front();
  const std::string& kind = object.begin().key();
  if (kind == "question") builder.addQuestion(questionFromJson(content, where), where);
  if (kind == "population") builder.addPopulation(populationFromJson(content, where), where);
  if (kind == "item") builder.addItem(itemFromJson(content, builder, where), where);
}

}  // namespace

std::string surveyToJsonl(const Survey& survey) {
  checkSurvey(survey, survey.name);
  std::string text;
  writeLines(survey, [&text](const std::string& line) { text += line; });
  return text;
}

void writeSurvey(const Survey& survey, const std::filesystem::path& path) {
  checkSurvey(survey, path.string());
  AtomicFile file(path);
  writeLines(survey, [&file](const std::string& line) { file.write(std::string_view(line)); });
  file.commit();
}

Survey readSurvey(const std::filesystem::path& path) {
  const MappedFile file(path);
  return parseSurvey(textOf(file), path.string());
}

Survey parseSurvey(std::string_view text, const std::string& name) {
  SurveyBuilder builder;
  Survey header;
  readJsonLines(
      text, name, "survey",
      [&header](const JsonLine& line) {
        const auto& [object, where] = line;
        rejectUnknownKeys(object, {"canvass", "version", "name", "source", "language"}, where);
        header.name = optionalKey<std::string>(object, "name", "", where);
        header.source = optionalKey<std::string>(object, "source", "", where);
        header.language = requireKey<std::string>(object, "language", where);
      },
      [&builder](const JsonLine& line) { readBodyLine(line, builder); });
  Survey survey = builder.finish();
  survey.name = header.name;
  survey.source = header.source;
  survey.language = header.language;
  return survey;
}

bool isSurveyFile(const std::filesystem::path& path) {
  const MappedFile file(path);
  return hasHeader(textOf(file), "survey");
}

}  // namespace canvass
