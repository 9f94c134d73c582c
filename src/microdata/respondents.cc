#include "microdata/respondents.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "base/list_text.h"
#include "microdata/counts_text.h"

namespace canvass {
namespace {

constexpr std::size_t maxShown = 60;  // bytes of a value
// So that sums of weights and of their squares stay far from overflow.
constexpr double maxWeight = 1e100;
// While a long table is read: nothing yet.
constexpr std::int16_t noRecord = -4;

// The beginning of a text for a message, in whole characters.
std::string shortened(std::string text) {
  if (text.size() <= maxShown) return text;
  std::size_t end = maxShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

std::string describe(const Value& value) {
  const std::string code = shortened(codeText(value));
  return code.empty() ? "an empty value" : fmt::format("code \"{}\"", code);
}

std::string describe(const Value& value, const Variable& variable) {
  const std::string label = variable.labelOf(codeText(value));
  return label.empty() ? describe(value) : fmt::format("{} \"{}\"", describe(value), label);
}

std::string remedyFor(const Value& value) {
  const std::string code = shortened(codeText(value));
  const bool isNumber = value.kind == Value::Kind::number;
  return fmt::format(
      "list it among the options, or in dont_know, refused or not_asked: not_asked = [{}]",
      isNumber ? code : fmt::format("\"{}\"", code));
}

}  // namespace

RespondentCollector::RespondentCollector(const Mapping& mapping, bool skipInvalid)
    : mapping_(mapping), skipInvalid_(skipInvalid) {
  respondents_.answers.resize(mapping.questions.size());
  respondents_.categories.resize(mapping.attributes.size());
  uncategorised_.resize(mapping.attributes.size());
}

void RespondentCollector::read(MicrodataReader& reader, Progress& progress) {
  reader_ = &reader;
  take(makeImportPlan(mapping_, reader));
  ++files_;
  if (const auto* columns = std::get_if<LongColumns>(&plan_.table)) {
    readLong(*columns, progress);
  } else {
    reader.read(
        plan_.columns, [this](const RespondentRecord& record) { add(record); }, progress);
  }
  reader_ = nullptr;
}

// The labels of a second file must mean the same questions; the codes and the columns may differ.
void RespondentCollector::take(ImportPlan plan) {
  const char* remedy = "list the options and values in the mapping, or import the file separately";
  for (std::size_t q = 0; files_ > 0 && q < plan.questions.size(); ++q) {
    const Question& question = plan.questions[q].question;
    if (question == plan_.questions[q].question) continue;
    throw Error(
        fmt::format("the text or options of question \"{}\" differ from those of earlier files",
                    question.id),
        reader_->fileName(), remedy);
  }
  for (std::size_t a = 0; files_ > 0 && a < plan.attributes.size(); ++a) {
    AttributePlan& attribute = plan.attributes[a];
    if (attribute.isOpen && plan_.attributes[a].isOpen) {
      attribute.categories = plan_.attributes[a].categories;
      attribute.meanings = plan_.attributes[a].meanings;
    } else if (attribute.categories != plan_.attributes[a].categories) {
      throw Error(fmt::format("the values of attribute \"{}\" differ from those of earlier files",
                              attribute.name),
                  reader_->fileName(), remedy);
    }
  }
  plan_ = std::move(plan);
}

void RespondentCollector::add(const RespondentRecord& record) {
  record_ = record.number;
  if (!addRespondent(record)) return;
  for (std::size_t q = 0; q < plan_.questions.size(); ++q) {
    const QuestionPlan& question = plan_.questions[q];
    respondents_.answers[q].push_back(answerOf(question, record.values[question.column]));
  }
}

void RespondentCollector::readLong(const LongColumns& columns, Progress& progress) {
  LongRows rows(plan_.questions);
  const auto first = static_cast<std::ptrdiff_t>(respondents_.size());
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
    const auto index = static_cast<std::uint32_t>(respondents_.size());
    respondent = addRespondent(record) ? index : LongRows::leftOut;
    for (auto& answers : respondents_.answers) answers.resize(respondents_.size(), noRecord);
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
  const auto weight = weightOf(record);
  if (!weight) return false;
  SampleDesign& design = respondents_.design;
  design.weights.push_back(*weight);
  if (const auto stratum = stratumOf(record)) design.strata.push_back(*stratum);
  if (const auto cluster = clusterOf(record)) design.clusters.push_back(*cluster);
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
  const auto weight = weightOf(record);
  if (!weight) return false;
  const SampleDesign& design = respondents_.design;
  std::string differs;
  if (*weight != design.weights[respondent]) differs = "weight";
  const auto stratum = stratumOf(record);
  if (stratum && *stratum != design.strata[respondent]) differs = "stratum";
  const auto cluster = clusterOf(record);
  if (cluster && *cluster != design.clusters[respondent]) differs = "cluster";
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

// Nothing if it is invalid and bad records are skipped.
std::optional<double> RespondentCollector::weightOf(const RespondentRecord& record) {
  if (!plan_.weight) return 1.0;
  const Value& value = record.values[*plan_.weight];
  const bool isNumber = value.kind == Value::Kind::number;
  if (isNumber && value.number >= 0.0 && value.number <= maxWeight) return value.number;
  const std::string fault = isNumber && value.number < 0.0 ? "negative: " + codeText(value)
                            : isNumber                     ? "too large: " + codeText(value)
                            : value.text.empty()           ? "missing"
                                                           : describe(value) + ", not a number";
  reject({}, "the weight is " + fault, "correct the weight, or import with bad records skipped");
  return std::nullopt;
}

// `within`: the scope in which the id is unique, so that clusters numbered anew in each stratum
// stay apart.
std::uint32_t RespondentCollector::idOf(const Value& value, const char* what, std::uint32_t within,
                                        Ids& ids) {
  if (value.kind == Value::Kind::missing) {
    throw Error(fmt::format("the {} is missing", what), reader_->place(),
                "without it no standard error can be estimated: correct the file, or remove it "
                "from [design]");
  }
  const std::string key = fmt::format("{}/{}/{}", files_, within, codeText(value));
  return ids.emplace(key, static_cast<std::uint32_t>(ids.size())).first->second;
}

std::optional<std::uint32_t> RespondentCollector::stratumOf(const RespondentRecord& record) {
  if (!plan_.strata) return std::nullopt;
  return idOf(record.values[*plan_.strata], "stratum", 0, strata_);
}

std::optional<std::uint32_t> RespondentCollector::clusterOf(const RespondentRecord& record) {
  if (!plan_.cluster) return std::nullopt;
  return idOf(record.values[*plan_.cluster], "cluster", stratumOf(record).value_or(0), clusters_);
}

std::int16_t RespondentCollector::answerOf(const QuestionPlan& question, const Value& value) {
  if (const auto meaning = question.meanings.find(value)) return *meaning;
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
  std::vector<std::string> notes;
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
