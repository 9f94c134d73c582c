#include "microdata/respondents.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "base/list_text.h"
#include "microdata/counts_text.h"
#include "microdata/file_differences.h"
#include "microdata/value_text.h"
#include "survey/question_differences.h"

namespace canvass {
namespace {

// While a long table is read: nothing yet.
constexpr std::int16_t noRecord = -4;

std::string remedyFor(const Value& value) {
  const std::string code = shortCode(value);
  const bool isNumber = value.kind == Value::Kind::number && value.text.empty();
  return fmt::format(
      "list it among the options, or in dont_know, refused or not_asked: not_asked = [{}]",
      isNumber ? code : fmt::format("\"{}\"", code));
}

}  // namespace

RespondentCollector::RespondentCollector(const Mapping& mapping, bool skipInvalid, bool ignoresCase)
    : mapping_(mapping),
      skipInvalid_(skipInvalid),
      ignoresCase_(ignoresCase),
      design_(mapping, [this](const std::string& reason, const std::string& remedy) {
        reject({}, reason, remedy);
      }) {
  respondents_.answers.resize(mapping.questions.size());
  respondents_.categories.resize(mapping.attributes.size());
  uncategorised_.resize(mapping.attributes.size());
}

void RespondentCollector::read(MicrodataReader& reader, Progress& progress) {
  reader_ = &reader;
  take(makeImportPlan(mapping_, reader));
  ++files_;
  design_.startFile(plan_.design, reader);
  try {
    readRecords(progress);
  } catch (const Error& error) {
    throw error.where().empty() ? error.at(reader.place()) : error;
  }
  respondents_.design = design_.design();
  respondents_.keys = design_.keys();
  reader_ = nullptr;
}

void RespondentCollector::readRecords(Progress& progress) {
  if (const auto* columns = std::get_if<LongColumns>(&plan_.table)) {
    readLong(*columns, progress);
  } else {
    reader_->read(
        plan_.columns, [this](const RespondentRecord& record) { add(record); }, progress);
  }
}

// The labels of a second file must mean the same questions; the codes and the columns may differ.
void RespondentCollector::take(ImportPlan plan) {
  if (files_ > 0) {
    requireSameMeanings(plan);
    for (std::size_t q = 0; q < plan.questions.size(); ++q) {
      plan.questions[q].question =
          joinedQuestion(plan_.questions[q].question, plan.questions[q].question);
    }
    for (std::size_t a = 0; a < plan.attributes.size(); ++a) {
      AttributePlan& attribute = plan.attributes[a];
      attribute.categories = plan_.attributes[a].categories;
      if (attribute.isOpen) attribute.meanings = plan_.attributes[a].meanings;
    }
  }
  plan_ = std::move(plan);
}

void RespondentCollector::requireSameMeanings(const ImportPlan& plan) const {
  const std::vector<std::string> differences = differencesOf(plan_, plan, ignoresCase_);
  if (differences.empty()) return;
  throw Error(fmt::format("{} from earlier files: {}",
                          differences.size() == 1 ? "one question or attribute differs"
                                                  : fmt::format("{} questions or attributes differ",
                                                                differences.size()),
                          listText(differences)),
              reader_->fileName(),
              "list the options and values in the mapping, or import the file separately; "
              "--ignore-case takes upper and lower case for the same");
}

void RespondentCollector::add(const RespondentRecord& record) {
  record_ = record.number;
  if (!addRespondent(record)) return;
  for (std::size_t q = 0; q < plan_.questions.size(); ++q) {
    QuestionPlan& question = plan_.questions[q];
    respondents_.answers[q].push_back(answerOf(question, record.values[question.column]));
  }
}

void RespondentCollector::readLong(const LongColumns& columns, Progress& progress) {
  LongRows rows(plan_.questions);
  const auto first = static_cast<std::ptrdiff_t>(respondents_.records.size());
  reader_->read(
      plan_.columns, [&](const RespondentRecord& record) { addAnswer(columns, record, rows); },
      progress);
  for (auto& answers : respondents_.answers) {
    std::replace(answers.begin() + first, answers.end(), noRecord, notAsked);
  }
  rows.countUnused(unusedQuestions_);
}

void RespondentCollector::addAnswer(const LongColumns& columns, const RespondentRecord& record,
                                    LongRows& rows) {
  record_ = record.number;
  const Value& id = record.values[columns.respondent];
  const Value& name = record.values[columns.question];
  for (const auto& [value, what] : {std::pair{&id, "respondent"}, std::pair{&name, "question"}}) {
    if (value->kind != Value::Kind::missing) continue;
    return reject({}, fmt::format("the {} is missing", what), "correct the file");
  }
  auto& respondent = rows.respondent(id);
  if (!respondent) {
    const auto index = static_cast<std::uint32_t>(respondents_.records.size());
    respondent = addRespondent(record) ? index : LongRows::leftOut;
    for (auto& answers : respondents_.answers)
      answers.resize(respondents_.records.size(), noRecord);
  } else if (*respondent != LongRows::leftOut && !isSame(*respondent, record)) {
    return;
  }
  if (*respondent == LongRows::leftOut) return;
  for (const std::size_t q : rows.questionsOf(name)) {
    std::int16_t& answer = respondents_.answers[q][*respondent];
    if (answer == noRecord) {
      answer = answerOf(plan_.questions[q], record.values[columns.answer]);
    } else {
      reject(plan_.questions[q].question.id,
             fmt::format("question \"{}\": the respondent already has an answer to it",
                         plan_.questions[q].question.id),
             "remove one of the two records");
    }
  }
}

// Everything but the answers. False if the respondent is left out.
bool RespondentCollector::addRespondent(const RespondentRecord& record) {
  const auto design = design_.of(record);
  if (!design) return false;
  design_.add(*design);
  respondents_.records.push_back(record.number);
  for (std::size_t a = 0; a < plan_.attributes.size(); ++a) {
    AttributePlan& attribute = plan_.attributes[a];
    const Value& value = record.values[attribute.column];
    const std::int16_t category = categoryOf(attribute, value, *reader_);
    if (category == noCategory) ++uncategorised_[a][describe(value, attribute.variable)];
    respondents_.categories[a].push_back(category);
  }
  return true;
}

// Whether a later record of a respondent agrees with the first one.
bool RespondentCollector::isSame(std::uint32_t respondent, const RespondentRecord& record) {
  const auto design = design_.of(record);
  if (!design) return false;
  std::string differs = design_.differenceFrom(respondent, *design);
  for (std::size_t a = 0; a < plan_.attributes.size(); ++a) {
    AttributePlan& attribute = plan_.attributes[a];
    const auto category = categoryOf(attribute, record.values[attribute.column], *reader_);
    if (category == respondents_.categories[a][respondent]) continue;
    differs = fmt::format("value of \"{}\"", attribute.name);
  }
  if (differs.empty()) return true;
  reject({}, fmt::format("the respondent's {} differs from that in an earlier record", differs),
         "a respondent's records must agree on it");
  return false;
}

std::int16_t RespondentCollector::answerOf(QuestionPlan& question, const Value& value) {
  if (const auto meaning = question.meanings.findInFile(value)) return *meaning;
  const char* kind =
      question.variable.isUserMissing(value)
          ? "is missing by the file's own rules, of a kind that the mapping does not specify"
          : "is not one of its options";
  reject(question.question.id,
         fmt::format("question \"{}\": {} {}", question.question.id,
                     describe(value, question.variable), kind),
         remedyFor(value));
  return notAsked;
}

void RespondentCollector::reject(const std::string& subject, const std::string& reason,
                                 const std::string& remedy) {
  if (!skipInvalid_) throw Error(reason, reader_->place(), remedy);
  skipped_.add({reader_->fileName(), record_, subject, reason});
}

std::vector<std::string> RespondentCollector::notes() const {
  std::vector<std::string> notes = design_.notes();
  for (std::size_t a = 0; a < plan_.attributes.size(); ++a) {
    const auto [total, parts] = countsText(uncategorised_[a]);
    if (total == 0) continue;
    notes.push_back(fmt::format("{} without a value of the attribute \"{}\" ({})",
                                counted(total, "respondent"), plan_.attributes[a].name, parts));
  }
  if (!unusedQuestions_.empty()) {
    const auto [records, parts] = countsText(unusedQuestions_);
    notes.push_back(fmt::format("{} of questions that the mapping does not use ({})",
                                counted(records, "record"), parts));
  }
  return notes;
}

}  // namespace canvass
