#include "microdata/draft/drafted_question.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "microdata/draft/label_order.h"
#include "microdata/draft/not_questions.h"

namespace canvass {
namespace {

constexpr std::size_t maxPoints = 26;   // of a rating scale
constexpr std::size_t maxLetters = 26;  // with more options, labels are of two letters

bool isPoint(const LabeledCode& code) {
  const Value value = valueOf(code.code);
  return value.kind == Value::Kind::number && value.number == std::floor(value.number) &&
         std::abs(value.number) < 1e9;
}

// A scale of which only the ends, or few points, have a label: 1 to 10. Points between that nobody
// chose are options too.
bool isRatingScale(const std::vector<LabeledCode>& answers) {
  const auto hasWords = [](const LabeledCode& one) { return !one.label.empty(); };
  if (answers.size() < 3 || !std::all_of(answers.begin(), answers.end(), isPoint)) return false;
  const auto isRepeated = [](const LabeledCode& a, const LabeledCode& b) {
    return valueOf(a.code).number == valueOf(b.code).number;
  };
  if (std::adjacent_find(answers.begin(), answers.end(), isRepeated) != answers.end()) return false;
  const double first = valueOf(answers.front().code).number;
  const double last = valueOf(answers.back().code).number;
  return answers.front().isLabeled && answers.back().isLabeled &&
         !std::all_of(answers.begin(), answers.end(), hasWords) &&
         last - first < static_cast<double>(maxPoints);
}

void makeRatingScale(const std::vector<LabeledCode>& answers, DraftedQuestion& question) {
  const auto first = static_cast<long>(valueOf(answers.front().code).number);
  const auto last = static_cast<long>(valueOf(answers.back().code).number);
  std::map<long, std::string> labels;
  for (const LabeledCode& one : answers) {
    labels[static_cast<long>(valueOf(one.code).number)] = one.label;
  }
  const auto isNonAnswer = [&question](long point) {
    return std::any_of(
        question.nonAnswers.begin(), question.nonAnswers.end(), [point](const NonAnswer& one) {
          return !one.code.isText() && valueOf(one.code.code).number == static_cast<double>(point);
        });
  };
  for (long point = first; point <= last; ++point) {
    if (isNonAnswer(point)) continue;
    const std::string code = std::to_string(point);
    const std::string& label = labels[point];
    question.options.push_back(
        {{code}, label.empty() ? code : fmt::format("{} ({})", code, label)});
  }
  question.scale = "interval";
  question.valuesFromCodes = true;
}

void makeOptions(const std::vector<LabeledCode>& answers, DraftedQuestion& question) {
  std::vector<std::string> wordless;
  question.optionsAreLabels = true;
  for (const LabeledCode& one : answers) {
    const std::string& text = one.label.empty() ? one.code : one.label;
    const auto same =
        std::find_if(question.options.begin(), question.options.end(),
                     [&text](const DraftedOption& option) { return option.text == text; });
    if (same != question.options.end()) {
      same->codes.push_back(one.code);
      question.checks.push_back(fmt::format("codes {} have one label \"{}\" and are one option",
                                            fmt::join(same->codes, " and "), text));
      question.optionsAreLabels = false;
      continue;
    }
    question.options.push_back({{one.code}, text});
    if (!one.label.empty()) continue;
    question.optionsAreLabels = false;
    if (!one.isText()) wordless.push_back(one.code);
  }
  if (!wordless.empty()) {
    question.checks.push_back(
        fmt::format("no label says what these codes mean: {}", fmt::join(wordless, ", ")));
  }
}

void guessScale(const Variable& variable, DraftedQuestion& question) {
  std::vector<std::string> texts;
  for (const DraftedOption& one : question.options) texts.push_back(one.text);
  const bool isOrdered = texts.size() > 2 && looksOrdered(texts);
  question.scale = isOrdered ? "ordinal" : "nominal";
  if (!isOrdered && texts.size() > 2 && variable.measure == Measure::ordinal) {
    question.checks.emplace_back(
        "the file says ordinal, but the labels show no order: scale = \"ordinal\"?");
  }
}

void checkNumberOfOptions(DraftedQuestion& question) {
  if (question.options.size() <= maxLetters) return;
  question.checks.push_back(
      fmt::format("{} options: combine codes, if a model cannot tell so many labels apart",
                  question.options.size()));
}

void checkRepeatedCodes(const std::vector<std::string>& repeated, DraftedQuestion& question) {
  if (repeated.empty()) return;
  question.checks.push_back(fmt::format("code {} has two labels, of which the first is used",
                                        fmt::join(repeated, ", code ")));
}

}  // namespace

std::vector<std::string> DraftedQuestion::codesOf(MissingKind kind) const {
  std::vector<std::string> codes;
  for (const NonAnswer& one : nonAnswers) {
    if (one.kind == kind) codes.push_back(one.code.code);
  }
  if (kind == MissingKind::notAsked && hasEmptyValues) codes.emplace_back();
  return codes;
}

DraftedQuestion draftQuestion(const Variable& variable, const ObservedCodes& observed,
                              const DraftRules& rules) {
  DraftedQuestion question;
  // Years and dates tell people apart, if they make populations.
  const bool isAttribute = rules.sorting.isAttribute && !observed.isTooMany;
  if (!isAttribute) question.unusable = whyNotAQuestion(variable, observed);
  if (!question.unusable.empty()) return question;
  const LabeledCodes all = labeledCodes(variable, observed);
  SortedCodes sorted = sortCodes(all.codes, rules.sorting);
  const std::vector<LabeledCode>& answers = sorted.answers;
  question.nonAnswers = std::move(sorted.nonAnswers);
  question.checks = std::move(sorted.checks);
  question.doubtful = sorted.doubtful;
  question.hasEmptyValues = observed.missing > 0;
  const bool hasLabel = std::any_of(answers.begin(), answers.end(),
                                    [](const LabeledCode& one) { return one.isLabeled; });
  if (answers.size() < 2) {
    question.unusable = answers.empty() ? "no answers" : "only one answer";
  } else if (rules.needsLabels && !hasLabel) {
    question.unusable = "no value labels";
  } else if (isRatingScale(answers)) {
    makeRatingScale(answers, question);
  } else if (answers.size() > rules.maxAnswers) {
    question.unusable = fmt::format("{} different answers are too many", answers.size());
  } else {
    makeOptions(answers, question);
    guessScale(variable, question);
    if (!rules.sorting.isAttribute) checkNumberOfOptions(question);
  }
  if (question.unusable.empty()) {
    question.optionsAreLabels = question.optionsAreLabels && !all.needsList;
    checkRepeatedCodes(all.repeated, question);
    if (question.options.size() < 2) question.unusable = "all answers have one label";
  }
  return question;
}

}  // namespace canvass
