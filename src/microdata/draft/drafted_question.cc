#include "microdata/draft/drafted_question.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>

#include "microdata/draft/guesses.h"

namespace canvass {
namespace {

constexpr std::size_t maxPoints = 26;  // of a rating scale: a letter each

struct Code {
  std::string code;
  std::string label;  // its words; empty if they only repeat the code
  bool isUserMissing = false;
  bool isLabeled = false;  // by the file, even if with the code itself
};

// Numbers by size, then texts.
bool codeComesBefore(const Code& a, const Code& b) {
  const Value left = valueOf(a.code);
  const Value right = valueOf(b.code);
  if (left.kind != right.kind) return left.kind == Value::Kind::number;
  return left.kind == Value::Kind::number ? left.number < right.number : a.code < b.code;
}

// All codes that have a label or occur.
std::vector<Code> allCodes(const Variable& variable, const ObservedCodes& observed) {
  std::vector<Code> codes;
  for (const ValueLabel& one : variable.valueLabels) {
    const std::string label = one.label == one.code ? std::string() : one.label;
    codes.push_back({one.code, label, variable.isUserMissing(valueOf(one.code)), true});
  }
  for (const auto& [code, count] : observed.counts) {
    const bool isKnown = std::any_of(codes.begin(), codes.end(), [&wanted = code](const Code& one) {
      return one.code == wanted;
    });
    if (!isKnown) codes.push_back({code, {}, variable.isUserMissing(valueOf(code)), false});
  }
  std::stable_sort(codes.begin(), codes.end(), codeComesBefore);
  return codes;
}

void addMissing(const Code& code, MissingKind kind, DraftedQuestion& question) {
  auto& codes = kind == MissingKind::dontKnow  ? question.dontKnow
                : kind == MissingKind::refused ? question.refused
                                               : question.notAsked;
  codes.push_back(code.code);
}

// Whether the code is not an answer; then it is put where it belongs.
bool takeMissing(const Code& code, bool needsLabels, DraftedQuestion& question) {
  const std::string words = code.label.empty() && !needsLabels ? code.code : code.label;
  const bool isText = valueOf(code.code).kind == Value::Kind::text;
  const auto guess = guessMissing(words);
  if (guess && (isText || !code.label.empty())) {
    addMissing(code, *guess, question);
    return true;
  }
  if (code.isUserMissing || code.code.starts_with('.')) {
    addMissing(code, MissingKind::refused, question);
    question.checks.push_back(
        fmt::format("code {} \"{}\" is missing: of which kind?", code.code, code.label));
    return true;
  }
  if (code.label.empty() && code.code.starts_with('-')) {
    addMissing(code, MissingKind::notAsked, question);
    question.checks.push_back(fmt::format("code {} has no label: is it an answer?", code.code));
    return true;
  }
  return false;
}

bool isWhole(const std::string& code) {
  const Value value = valueOf(code);
  return value.kind == Value::Kind::number && value.number == std::floor(value.number);
}

// A scale of which only the ends, or few points, have a label: 1 to 10. Points between that nobody
// chose are options too.
bool isRatingScale(const std::vector<Code>& answers) {
  const auto hasWords = [](const Code& one) { return !one.label.empty(); };
  if (answers.size() < 3 || !std::all_of(answers.begin(), answers.end(),
                                         [](const Code& one) { return isWhole(one.code); })) {
    return false;
  }
  const double first = valueOf(answers.front().code).number;
  const double last = valueOf(answers.back().code).number;
  return answers.front().isLabeled && answers.back().isLabeled &&
         !std::all_of(answers.begin(), answers.end(), hasWords) &&
         last - first < static_cast<double>(maxPoints);
}

void makeRatingScale(const std::vector<Code>& answers, DraftedQuestion& question) {
  const auto first = static_cast<long>(valueOf(answers.front().code).number);
  const auto last = static_cast<long>(valueOf(answers.back().code).number);
  std::map<std::string, std::string> labels;
  for (const Code& one : answers) labels[one.code] = one.label;
  for (long point = first; point <= last; ++point) {
    const std::string code = std::to_string(point);
    const std::string& label = labels[code];
    question.options.push_back(
        {{code}, label.empty() ? code : fmt::format("{} ({})", code, label)});
  }
  question.scale = "interval";
  question.valuesFromCodes = true;
}

void makeOptions(const std::vector<Code>& answers, DraftedQuestion& question) {
  std::vector<std::string> wordless;
  question.optionsAreLabels = true;
  for (const Code& one : answers) {
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
    if (isWhole(one.code)) wordless.push_back(one.code);
  }
  if (!wordless.empty()) {
    question.checks.push_back(
        fmt::format("no label says what these codes mean: {}", fmt::join(wordless, ", ")));
  }
}

void guessScale(const Variable& variable, DraftedQuestion& question) {
  std::vector<std::string> texts;
  for (const DraftedOption& one : question.options) texts.push_back(one.text);
  const bool isOrdered = variable.measure == Measure::ordinal || looksOrdered(texts);
  question.scale = isOrdered && texts.size() > 2 ? "ordinal" : "nominal";
}

}  // namespace

DraftedQuestion draftQuestion(const Variable& variable, const ObservedCodes& observed,
                              const DraftRules& rules) {
  DraftedQuestion question;
  if (observed.isTooMany) {
    question.unusable = fmt::format("more than {} different values", ObservedCodes::most);
    return question;
  }
  std::vector<Code> answers;
  for (const Code& code : allCodes(variable, observed)) {
    if (!takeMissing(code, rules.needsLabels, question)) answers.push_back(code);
  }
  if (observed.missing > 0) question.notAsked.emplace_back();
  const bool hasLabel =
      std::any_of(answers.begin(), answers.end(), [](const Code& one) { return one.isLabeled; });
  if (answers.size() < 2) {
    question.unusable = fmt::format("{} different answers", answers.size());
  } else if (rules.needsLabels && !hasLabel) {
    question.unusable = "no value labels";
  } else if (isRatingScale(answers)) {
    makeRatingScale(answers, question);
  } else if (answers.size() > rules.maxAnswers) {
    question.unusable = fmt::format("{} different answers are too many", answers.size());
  } else {
    makeOptions(answers, question);
    guessScale(variable, question);
  }
  return question;
}

}  // namespace canvass
