#include "microdata/respondents.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "base/error.h"

namespace canvass {
namespace {

constexpr std::size_t mostOpenCategories = 1000;

// Left out with all its answers.
struct UnusableRespondent {};

std::string describe(const Value& value) {
  const std::string code = codeText(value);
  return code.empty() ? "an empty value" : fmt::format("code \"{}\"", code);
}

std::string describe(const Value& value, const Variable& variable) {
  const std::string label = variable.labelOf(codeText(value));
  return label.empty() ? describe(value) : fmt::format("{} \"{}\"", describe(value), label);
}

std::string remedyFor(const Value& value) {
  const std::string code = codeText(value);
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
  take(makeImportPlan(mapping_, reader.variables(), reader.fileName()));
  ++files_;
  reader.read(
      plan_.columns, [this](const RespondentRecord& record) { add(record); }, progress);
  reader_ = nullptr;
}

// The labels of a second file must mean the same questions; the codes and the columns may differ.
void RespondentCollector::take(ImportPlan plan) {
  const char* remedy = "list the options and values in the mapping, or import the file by itself";
  for (std::size_t q = 0; files_ > 0 && q < plan.questions.size(); ++q) {
    const Question& question = plan.questions[q].question;
    if (question == plan_.questions[q].question) continue;
    throw Error(fmt::format("the text or options of question \"{}\" are not those of the files "
                            "before",
                            question.id),
                reader_->fileName(), remedy);
  }
  for (std::size_t a = 0; files_ > 0 && a < plan.attributes.size(); ++a) {
    AttributePlan& attribute = plan.attributes[a];
    if (attribute.isOpen && plan_.attributes[a].isOpen) {
      attribute.categories = plan_.attributes[a].categories;
      attribute.meanings = plan_.attributes[a].meanings;
    } else if (attribute.categories != plan_.attributes[a].categories) {
      throw Error(fmt::format("the values of attribute \"{}\" are not those of the files before",
                              attribute.name),
                  reader_->fileName(), remedy);
    }
  }
  plan_ = std::move(plan);
}

void RespondentCollector::add(const RespondentRecord& record) {
  record_ = record.number;
  try {
    addWeight(record);
  } catch (const UnusableRespondent&) {
    return;
  }
  addDesign(record);
  for (std::size_t q = 0; q < plan_.questions.size(); ++q) {
    const QuestionPlan& question = plan_.questions[q];
    respondents_.answers[q].push_back(answerOf(question, record.values[question.column]));
  }
  for (std::size_t a = 0; a < plan_.attributes.size(); ++a) {
    AttributePlan& attribute = plan_.attributes[a];
    const Value& value = record.values[attribute.column];
    const std::int16_t category = categoryOf(attribute, value);
    if (category == noCategory) ++uncategorised_[a][describe(value, attribute.variable)];
    respondents_.categories[a].push_back(category);
  }
}

// Throws UnusableRespondent where the weight is none and bad records are skipped.
void RespondentCollector::addWeight(const RespondentRecord& record) {
  double weight = 1.0;
  if (plan_.weight) {
    const Value& value = record.values[*plan_.weight];
    if (value.kind != Value::Kind::number || value.number < 0.0) {
      reject({},
             fmt::format("the weight is {}",
                         value.kind == Value::Kind::number ? "negative: " + codeText(value)
                         : value.text.empty()              ? "missing"
                                                           : describe(value) + ", not a number"),
             "correct the weight, or import with bad records skipped");
      throw UnusableRespondent();
    }
    weight = value.number;
  }
  respondents_.design.weights.push_back(weight);
}

// `within`: what the id is unique in, so that clusters numbered anew in each stratum stay apart.
std::uint32_t RespondentCollector::idOf(const Value& value, const char* what, std::uint32_t within,
                                        Ids& ids) {
  if (value.kind == Value::Kind::missing) {
    throw Error(fmt::format("the {} is missing", what), reader_->place(),
                "without it no standard error can be estimated: correct the file, or take it out "
                "of [design]");
  }
  const std::string key = fmt::format("{}/{}/{}", files_, within, codeText(value));
  return ids.emplace(key, static_cast<std::uint32_t>(ids.size())).first->second;
}

void RespondentCollector::addDesign(const RespondentRecord& record) {
  SampleDesign& design = respondents_.design;
  std::uint32_t stratum = 0;
  if (plan_.strata) {
    stratum = idOf(record.values[*plan_.strata], "stratum", 0, strata_);
    design.strata.push_back(stratum);
  }
  if (plan_.cluster) {
    design.clusters.push_back(idOf(record.values[*plan_.cluster], "cluster", stratum, clusters_));
  }
}

std::int16_t RespondentCollector::answerOf(const QuestionPlan& question, const Value& value) {
  if (const auto meaning = question.meanings.find(value)) return *meaning;
  const char* kind = question.variable.isUserMissing(value)
                         ? "is missing by the file's own rules, of a kind that the mapping does "
                           "not say"
                         : "is no option of it";
  reject(question.question.id,
         fmt::format("question \"{}\": {} {}", question.question.id,
                     describe(value, question.variable), kind),
         remedyFor(value));
  return notAsked;
}

std::int16_t RespondentCollector::categoryOf(AttributePlan& attribute, const Value& value) {
  if (const auto category = attribute.meanings.find(value)) return *category;
  const bool isMissing =
      value.kind == Value::Kind::missing || attribute.variable.isUserMissing(value);
  return attribute.isOpen && !isMissing ? openCategory(attribute, value) : noCategory;
}

std::int16_t RespondentCollector::openCategory(AttributePlan& attribute, const Value& value) {
  const auto index = static_cast<std::int16_t>(attribute.categories.size());
  if (attribute.categories.size() == mostOpenCategories) {
    throw Error(
        fmt::format("attribute \"{}\" has more than {} values", attribute.name, mostOpenCategories),
        reader_->place(),
        "list those that make populations: values = [{ from = 18, to = 29, name = \"18 to "
        "29\" }]");
  }
  const std::string name = codeText(value);
  const auto words = attribute.openWords.find(name);
  attribute.categories.push_back({name, words == attribute.openWords.end() ? name : words->second});
  attribute.meanings.add({{name}, {}}, index);
  return index;
}

void RespondentCollector::reject(const std::string& subject, const std::string& reason,
                                 const std::string& remedy) {
  if (!skipInvalid_) throw Error(reason, reader_->place(), remedy);
  const auto [entry, isNew] = unusable_.try_emplace({subject, reason});
  if (isNew) entry->second.first = {reader_->fileName(), record_, subject, reason};
  ++entry->second.count;
}

std::vector<UnusableValue> RespondentCollector::unusable() const {
  std::vector<UnusableValue> all;
  for (const auto& [key, entry] : unusable_) {
    UnusableValue& one = all.emplace_back(entry.first);
    if (entry.count > 1) one.reason += fmt::format(" (the first of {} respondents)", entry.count);
  }
  return all;
}

std::vector<std::string> RespondentCollector::notes() const {
  std::vector<std::string> notes;
  for (std::size_t a = 0; a < plan_.attributes.size(); ++a) {
    std::size_t total = 0;
    std::vector<std::string> parts;
    for (const auto& [value, count] : uncategorised_[a]) {
      total += count;
      if (parts.size() < 20) parts.push_back(fmt::format("{}: {}", value, count));
    }
    if (total == 0) continue;
    notes.push_back(fmt::format("{} respondents have no value of the attribute \"{}\" ({}{})",
                                total, plan_.attributes[a].name, fmt::join(parts, "; "),
                                uncategorised_[a].size() > parts.size() ? "; and others" : ""));
  }
  return notes;
}

}  // namespace canvass
