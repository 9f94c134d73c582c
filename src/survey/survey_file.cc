#include "survey/survey_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "base/input_file.h"
#include "survey/jsonl.h"
#include "survey/survey_builder.h"
#include "survey/survey_fields.h"

namespace canvass {
namespace {

constexpr FileKind surveyKind{"survey", 3};
// What a reader of the second form can read is written in it.
constexpr FileKind withoutDates{"survey", 2};

bool hasDates(const Survey& survey) {
  const auto isDated = [](const auto& one) { return !one.date.empty(); };
  return std::ranges::any_of(survey.questions, isDated) ||
         std::ranges::any_of(survey.populations, isDated);
}

template <typename Record>
Json bodyLine(const char* kind, Fields<Record> fields, const Record& record) {
  Json line;
  writeRecord(fields, record, line[kind]);
  return line;
}

Json headerLine(const Survey& survey) {
  Json header = makeHeader(hasDates(survey) ? surveyKind : withoutDates);
  writeRecord(surveyHeaderFields(), survey, header);
  return header;
}

ItemRecord recordOf(const Survey& survey, const Item& item) {
  return {item, survey.questionOf(item).id, survey.populationOf(item).id};
}

// Hands each line of the file to `write`, in order.
template <typename Write>
void writeLines(const Survey& survey, Write write) {
  write(jsonLine(headerLine(survey)));
  for (const Question& question : survey.questions) {
    write(jsonLine(bodyLine("question", questionFields(), question)));
  }
  for (const Population& population : survey.populations) {
    write(jsonLine(bodyLine("population", populationFields(), population)));
  }
  for (const Item& item : survey.items) {
    write(jsonLine(bodyLine("item", itemFields(), recordOf(survey, item))));
  }
}

template <typename Record>
Record recordFrom(Fields<Record> fields, const Json& object, const std::string& where) {
  Record record;
  readRecord(fields, object, where, record);
  return record;
}

Item itemFrom(const Json& object, const SurveyBuilder& builder, const std::string& where) {
  ItemRecord record = recordFrom(itemFields(), object, where);
  record.question = builder.questionIndex(record.questionId, where);
  record.population = builder.populationIndex(record.populationId, where);
  return record;
}

void readBodyLine(const JsonLine& line, SurveyBuilder& builder) {
  const auto& [object, where] = line;
  if (object.size() != 1) throw Error("a line holds one question, population or item", where);
  rejectUnknownKeys(object, {"question", "population", "item"}, where);
  const Json& content = object.front();
  const std::string& kind = object.begin().key();
  if (kind == "question") builder.addQuestion(recordFrom(questionFields(), content, where), where);
  if (kind == "population")
    builder.addPopulation(recordFrom(populationFields(), content, where), where);
  if (kind == "item") builder.addItem(itemFrom(content, builder, where), where);
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
  const InputFile file(path);
  return parseSurvey(file.text(), path.string());
}

Survey parseSurvey(std::string_view text, const std::string& name) {
  SurveyBuilder builder;
  Survey header;
  readJsonLines(
      text, name, surveyKind,
      [&header](const JsonLine& line) {
        readRecord(surveyHeaderFields(), line.object, line.where, header, headerKeys);
      },
      [&builder](const JsonLine& line) { readBodyLine(line, builder); });
  Survey survey = builder.finish();
  survey.name = header.name;
  survey.source = header.source;
  survey.language = header.language;
  survey.weighting = header.weighting;
  return survey;
}

bool isSurveyFile(const std::filesystem::path& path) {
  const InputFile file(path);
  return hasHeader(file.text(), surveyKind);
}

}  // namespace canvass
