#include "microdata/draft/question_toml.h"

#include <fmt/format.h>

#include <array>
#include <utility>
#include <vector>

#include "microdata/draft/toml_text.h"

namespace canvass {
namespace {

std::string optionsToml(const DraftedQuestion& question) {
  if (question.optionsAreLabels) {
    std::vector<std::string> labels;
    for (const DraftedOption& one : question.options) labels.push_back(one.text);
    return comment(
               fmt::format("# the options are the file's labels: {}", fmt::join(labels, " | "))) +
           "\n";
  }
  std::string text = "options = [\n";
  for (const DraftedOption& one : question.options) {
    text += fmt::format("  {{ {}, text = {} }},\n", codeKey(one.codes), tomlText(one.text));
  }
  return text + "]\n";
}

// What the codes of a kind are called in the file.
std::string labelsOf(const DraftedQuestion& question, MissingKind kind) {
  std::vector<std::string> labels;
  for (const NonAnswer& one : question.nonAnswers) {
    if (one.kind != kind) continue;
    labels.push_back(one.code.words().empty() ? "no label" : one.code.words());
  }
  if (kind == MissingKind::notAsked && question.hasEmptyValues) labels.emplace_back("empty values");
  return comment(fmt::format("{}", fmt::join(labels, " | ")));
}

}  // namespace

std::string nonAnswersToml(const DraftedQuestion& question) {
  std::string text;
  for (const auto& [key, kind] :
       {std::pair{"dont_know", MissingKind::dontKnow}, std::pair{"refused", MissingKind::refused},
        std::pair{"not_asked", MissingKind::notAsked}}) {
    const std::vector<std::string> codes = question.codesOf(kind);
    if (codes.empty()) continue;
    text += fmt::format("{} = {}  # check: {}\n", key, codeList(codes), labelsOf(question, kind));
  }
  return text;
}

std::string questionToml(const Variable& variable, const DraftedQuestion& question,
                         const std::string& topic) {
  std::string text = "\n[[questions]]\n";
  for (const std::string& check : question.checks) text += "# check: " + comment(check) + "\n";
  text += fmt::format("variable = {}\n", tomlText(variable.name));
  const bool hasWords = !trimmedLabel(variable.label).empty();
  text += fmt::format("text = {}{}\n", tomlText(hasWords ? variable.label : variable.name),
                      hasWords ? "" : "  # check: write the question's words");
  if (!topic.empty()) text += fmt::format("topic = {}\n", tomlText(topic));
  text +=
      fmt::format("scale = {}  # check: nominal, ordinal or interval?\n", tomlText(question.scale));
  text += optionsToml(question);
  if (question.valuesFromCodes) text += "option_values = \"codes\"\n";
  return text + nonAnswersToml(question);
}

}  // namespace canvass
