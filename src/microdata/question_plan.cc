#include "microdata/question_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/error.h"
#include "survey/letters.h"
#include "survey/survey_builder.h"

namespace canvass {
namespace {

// Not the question's options, but what else its codes may be.
CodeTable missingTable(const MappedQuestion& mapped) {
  CodeTable table;
  const auto add = [&](const CodeSet& codes, std::int16_t meaning) {
    if (const auto taken = table.add(codes, meaning)) {
      throw Error(fmt::format("code \"{}\" of question \"{}\" is in two of dont_know, refused and "
                              "not_asked",
                              *taken, mapped.id),
                  mapped.where, "keep it in only one of them");
    }
  };
  add(mapped.missing.dontKnow, saidDontKnow);
  add(mapped.missing.refused, gaveNoAnswer);
  add(mapped.missing.notAsked, notAsked);
  return table;
}

// Whether the mapping lists a labeled code as missing; "09" as 9 only if 9 is not labeled, too.
bool isListedMissing(const Value& code, const Variable& variable, const CodeTable& missing) {
  if (missing.findSpelled(code)) return true;
  if (!missing.find(code)) return false;
  return std::ranges::count_if(variable.valueLabels, [&code](const ValueLabel& one) {
           const Value other = valueOf(one.code);
           return other.kind == Value::Kind::number && other.number == code.number;
         }) == 1;
}

// The labeled codes that are answers.
std::vector<MappedOption> optionsFromLabels(const MappedQuestion& mapped, const Variable& variable,
                                            const CodeTable& missing) {
  std::vector<MappedOption> options;
  for (const ValueLabel& one : variable.valueLabels) {
    const Value code = valueOf(one.code);
    if (one.label.empty() || isListedMissing(code, variable, missing)) continue;
    if (variable.isUserMissing(code)) {
      throw Error(fmt::format("code {} \"{}\" of variable \"{}\" is missing by the file's own "
                              "rules, but the mapping does not say what kind of missing it is",
                              one.code, one.label, variable.name),
                  mapped.where, "add it to dont_know, refused or not_asked");
    }
    options.push_back({{{one.code}, {}}, one.label, {}, mapped.where});
  }
  if (options.size() < 2) {
    throw Error(
        fmt::format("variable \"{}\" has {} labeled answer codes, and the mapping lists no options",
                    variable.name, options.size()),
        mapped.where,
        "write options = [{ code = 1, text = \"Yes\" }, { code = 2, text = \"No\" }]");
  }
  return options;
}

void checkTexts(const std::vector<MappedOption>& options, const Variable& variable) {
  std::map<std::string, std::string> codes;
  for (const MappedOption& option : options) {
    const std::string code =
        option.codes.codes.empty() ? rangeText(option.codes.ranges.front()) : option.codes.codes[0];
    const auto [first, isNew] = codes.emplace(option.text, code);
    if (isNew) continue;
    throw Error(fmt::format("options {} and {} of variable \"{}\" have the same text \"{}\"",
                            first->second, code, variable.name, option.text),
                option.where,
                fmt::format("list the options; two codes become one option with codes = [{}, {}]",
                            first->second, code));
  }
}

double codeValue(const MappedOption& option, const MappedQuestion& mapped) {
  const bool isSingle = option.codes.codes.size() == 1 && option.codes.ranges.empty();
  const Value value = isSingle ? valueOf(option.codes.codes.front()) : Value{};
  if (value.kind == Value::Kind::number) return value.number;
  throw Error(fmt::format("option \"{}\" of question \"{}\" is not one code that is a number, so "
                          "its code cannot be its value",
                          option.text, mapped.id),
              option.where, "add value = ... to each option, without option_values");
}

std::vector<Option> toOptions(const std::vector<MappedOption>& mappedOptions,
                              const MappedQuestion& mapped) {
  if (mappedOptions.size() > maxOptions) {
    throw Error(
        fmt::format("question \"{}\" has {} options, but can have at most {}", mapped.id,
                    mappedOptions.size(), maxOptions),
        mapped.where,
        "combine codes into options: { codes = [11, 12, 13], text = \"North\" }, or { from = 0, "
        "to = 20, text = \"0 to 20\", value = 10 }");
  }
  std::vector<Option> options;
  for (const MappedOption& one : mappedOptions) {
    const std::optional<double> value =
        mapped.valuesFromCodes ? std::optional(codeValue(one, mapped)) : one.value;
    options.push_back({letterLabel(options.size()), one.text, value});
  }
  return options;
}

void addMeanings(const std::vector<MappedOption>& options, const MappedQuestion& mapped,
                 CodeTable& table) {
  for (std::size_t k = 0; k < options.size(); ++k) {
    if (const auto taken = table.add(options[k].codes, static_cast<std::int16_t>(k))) {
      throw Error(
          fmt::format(
              "code {} of question \"{}\" is option \"{}\", but also stands for something else",
              *taken, mapped.id, options[k].text),
          options[k].where,
          "remove it from the other option, or give the question its own dont_know, refused or "
          "not_asked");
    }
  }
}

std::vector<std::string> missingCodes(const MissingCodes& missing) {
  std::vector<std::string> codes;
  for (const CodeSet* set : {&missing.dontKnow, &missing.refused, &missing.notAsked}) {
    for (const std::string& code : set->codes) {
      if (!code.empty()) codes.push_back(code);
    }
  }
  return codes;
}

// The label of the first labeled code.
std::string firstLabel(const CodeSet& codes, const Variable& variable, const char* otherwise) {
  for (const std::string& code : codes.codes) {
    const std::string label = variable.labelOf(code);
    if (!label.empty()) return label;
  }
  return otherwise;
}

}  // namespace

QuestionPlan makeOpenQuestionPlan(const MappedQuestion& mapped, const Variable& variable) {
  QuestionPlan plan;
  plan.variable = variable;
  plan.meanings = missingTable(mapped);
  plan.question = {mapped.id,    mapped.text.empty() ? variable.label : mapped.text,
                   mapped.topic, {},
                   mapped.scale, missingCodes(mapped.missing)};
  if (plan.question.text.empty()) {
    throw Error(fmt::format("question \"{}\" has no text: variable \"{}\" has no label", mapped.id,
                            variable.name),
                mapped.where, "write text = \"...\"");
  }
  plan.dontKnowText = firstLabel(mapped.missing.dontKnow, variable, "Don't know");
  plan.refusedText = firstLabel(mapped.missing.refused, variable, "No answer");
  return plan;
}

QuestionPlan makeQuestionPlan(const MappedQuestion& mapped, const Variable& variable) {
  QuestionPlan plan = makeOpenQuestionPlan(mapped, variable);
  const std::vector<MappedOption> options =
      mapped.options.empty() ? optionsFromLabels(mapped, variable, plan.meanings) : mapped.options;
  checkTexts(options, variable);
  addMeanings(options, mapped, plan.meanings);
  plan.question.options = toOptions(options, mapped);
  SurveyBuilder().addQuestion(plan.question, mapped.where);
  return plan;
}

}  // namespace canvass
