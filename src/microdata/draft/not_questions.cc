#include "microdata/draft/not_questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "microdata/draft/label_words.h"

namespace canvass {
namespace {

constexpr std::size_t longestOption = 300;  // bytes

constexpr std::array<std::string_view, 38> identifierNames{
    "id",          "ids",         "idno",         "id no",         "uuid",
    "guid",        "caseid",      "case id",      "case",          "caseno",
    "case no",     "respid",      "resp id",      "respondentid",  "respondent id",
    "respondent",  "responseid",  "response id",  "respno",        "resp no",
    "personid",    "person id",   "person",       "participantid", "participant id",
    "participant", "subjectid",   "subject id",   "interviewid",   "interview id",
    "hhid",        "householdid", "household id", "seqn",          "serial",
    "recordid",    "record id",   "rowid"};

constexpr std::array<std::string_view, 18> timeNames{
    "date",     "year",      "month",      "day",           "time",           "timestamp",
    "duration", "startdate", "start date", "enddate",       "end date",       "recordeddate",
    "start",    "end",       "inwdate",    "recorded date", "interview date", "birthyear"};

template <std::size_t N>
bool isOneOf(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), joinedWords(name)) != names.end();
}

bool hasWordLabels(const Variable& variable) {
  return std::count_if(
             variable.valueLabels.begin(), variable.valueLabels.end(),
             [](const ValueLabel& one) { return !one.label.empty() && one.label != one.code; }) > 1;
}

template <typename Is>
bool areMost(const ObservedCodes& observed, Is is) {
  const auto found =
      static_cast<std::size_t>(std::count_if(observed.counts.begin(), observed.counts.end(),
                                             [&is](const auto& one) { return is(one.first); }));
  return found >= 2 && 10 * found >= 9 * observed.counts.size();
}

bool isYear(const std::string& code) {
  const Value value = valueOf(code);
  return value.kind == Value::Kind::number && value.number == std::floor(value.number) &&
         value.number >= 1880.0 && value.number <= 2100.0;
}

// "2024-01-05", "5.1.2024 10:30": digits with two or more marks between them.
bool isDate(const std::string& code) {
  std::size_t marks = 0;
  std::size_t digits = 0;
  for (const char c : code) {
    const bool isDigit = c >= '0' && c <= '9';
    const bool isMark = std::string_view("-/.:").find(c) != std::string_view::npos;
    if (!isDigit && !isMark && c != ' ' && c != 'T' && c != 'Z') return false;
    if (isDigit) ++digits;
    if (isMark) ++marks;
  }
  return digits >= 4 && marks >= 2;
}

}  // namespace

bool isIdentifierName(std::string_view name) { return isOneOf(name, identifierNames); }

std::string whyNotAQuestion(const Variable& variable, const ObservedCodes& observed) {
  if (observed.isTooMany) return fmt::format("more than {} different values", ObservedCodes::most);
  if (hasWordLabels(variable)) return {};
  if (isIdentifierName(variable.name)) return "it identifies respondents";
  if (isOneOf(variable.name, timeNames)) return "it is a time";
  if (areMost(observed, isYear)) return "its values are years";
  if (areMost(observed, isDate)) return "its values are dates";
  const bool hasLongText =
      std::any_of(observed.counts.begin(), observed.counts.end(),
                  [](const auto& one) { return one.first.size() > longestOption; });
  return hasLongText ? "its values are long texts" : std::string();
}

}  // namespace canvass
