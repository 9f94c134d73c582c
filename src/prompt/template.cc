#include "prompt/template.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "jinja/jinja_template.h"
#include "prompt/builtin_templates.h"
#include "prompt/template_file.h"

namespace canvass {
namespace {

struct ParsedTurn {
  std::string role;
  jinja::JinjaTemplate text;
  std::size_t writes = 0;
};

struct ParsedWording {
  std::vector<ParsedTurn> turns;
  bool usesPhrase = false;
};

ParsedWording parseWording(const Wording& wording, const std::string& where) {
  ParsedWording parsed;
  for (const TurnText& turn : wording.turns) {
    const jinja::TextOptions options{
        .firstLine = turn.line, .keepsLastLineEnd = true, .refusesUndefined = true};
    parsed.turns.push_back(
        {turn.role, jinja::JinjaTemplate(turn.text, where, options), turn.writes});
    parsed.usesPhrase =
        parsed.usesPhrase || turn.text.find("population.phrase") != std::string::npos;
  }
  return parsed;
}

Json questionFields(const Question& question) {
  return {{"id", question.id},
          {"text", question.text},
          {"topic", question.topic},
          {"scale", scaleName(question.scale)}};
}

Json populationFields(const Population& population) {
  return {{"id", population.id},
          {"name", population.name},
          {"phrase", population.phrase},
          {"attributes", population.attributes}};
}

Json optionFields(const Question& question, const std::vector<std::string>& labels) {
  Json options = Json::array();
  for (std::size_t k = 0; k < question.options.size(); ++k) {
    options.push_back({{"label", labels[k]}, {"text", question.options[k].text}});
    if (question.options[k].value) options.back()["value"] = *question.options[k].value;
  }
  return options;
}

// "(A)Yes, (B)No".
std::string optionList(const Json& options) {
  std::string list;
  for (const Json& option : options) {
    if (!list.empty()) list += ", ";
    list += "(" + option["label"].get_ref<const std::string&>() + ")" +
            option["text"].get_ref<const std::string&>();
  }
  return list;
}

void checkPhrase(const Population& population) {
  if (!population.phrase.empty()) return;
  throw Error("the population '" + population.id + "' has no phrase for a prompt", "",
              "give it one in the survey, such as \"someone from Japan\"");
}

}  // namespace

struct Template::Implementation {
  std::string name;
  std::string text;
  std::string where;
  TemplateFile file;
  std::map<std::string, ParsedWording, std::less<>> wordings;

  const ParsedWording& wordingIn(std::string_view language) const {
    const auto found = wordings.find(language);
    if (found != wordings.end()) return found->second;
    std::vector<std::string> known;
    for (const auto& [one, wording] : wordings) known.push_back(one);
    throw Error(
        fmt::format("the template '{}' has no wording in the language '{}'", name, language), "",
        fmt::format("it has: {}", fmt::join(known, ", ")));
  }

  std::vector<std::string> labelsFor(const Question& question) const {
    if (file.labels.empty()) return labelsOf(question);
    if (file.labels.size() >= question.options.size()) {
      return {file.labels.begin(),
              file.labels.begin() + static_cast<std::ptrdiff_t>(question.options.size())};
    }
    throw Error(fmt::format("the template '{}' has labels for {} options, the question has {}",
                            name, file.labels.size(), question.options.size()),
                "question " + question.id, "give the template more labels");
  }

  Json evidenceFields(const std::vector<Evidence>& evidence) const {
    Json all = Json::array();
    for (const Evidence& one : evidence) {
      Json options = optionFields(*one.question, labelsFor(*one.question));
      for (std::size_t k = 0; k < options.size(); ++k) {
        options[k]["share"] = (*one.observed)[k];
        options[k]["percent"] = std::lround(100.0 * (*one.observed)[k]);
      }
      all.push_back({{"question", questionFields(*one.question)},
                     {"population", populationFields(*one.population)},
                     {"options", std::move(options)}});
    }
    return all;
  }
};

Template::Template(std::shared_ptr<const Implementation> implementation)
    : implementation_(std::move(implementation)) {}

Template Template::parse(std::string_view text, const std::string& name, const std::string& where) {
  auto parsed = std::make_shared<Implementation>();
  parsed->name = name;
  parsed->text = text;
  parsed->where = where;
  parsed->file = parseTemplateFile(text, where);
  for (const Wording& wording : parsed->file.wordings) {
    parsed->wordings.emplace(wording.language, parseWording(wording, where));
  }
  return Template(std::move(parsed));
}

const std::string& Template::name() const { return implementation_->name; }
const std::string& Template::description() const { return implementation_->file.description; }
const std::string& Template::text() const { return implementation_->text; }
Reading Template::reading() const { return implementation_->file.reading; }
std::size_t Template::evidenceWanted() const { return implementation_->file.evidence; }

bool Template::hasThoughts() const {
  const auto& wordings = implementation_->file.wordings;
  return std::any_of(wordings.begin(), wordings.end(), [](const Wording& wording) {
    return std::any_of(wording.turns.begin(), wording.turns.end(),
                       [](const TurnText& turn) { return turn.writes > 0; });
  });
}

std::vector<std::string> Template::languages() const {
  std::vector<std::string> all;
  for (const auto& [language, wording] : implementation_->wordings) all.push_back(language);
  return all;
}

Prompt Template::render(const Question& question, const Population& population,
                        std::string_view language, const std::vector<Evidence>& evidence) const {
  const ParsedWording& wording = implementation_->wordingIn(language);
  if (wording.usesPhrase) checkPhrase(population);
  Prompt prompt;
  prompt.labels = implementation_->labelsFor(question);
  const Json options = optionFields(question, prompt.labels);
  const std::map<std::string, Json> fields = {
      {"question", questionFields(question)},
      {"population", populationFields(population)},
      {"options", options},
      {"option_list", optionList(options)},
      {"language", std::string(language)},
      {"evidence", implementation_->evidenceFields(evidence)}};
  for (const ParsedTurn& turn : wording.turns) {
    if (turn.writes > 0) prompt.thoughts = {prompt.turns.size(), turn.writes};
    prompt.turns.push_back({turn.role, turn.text.render(fields, {})});
  }
  prompt.answerPrefix = std::move(prompt.turns.back().content);
  prompt.turns.pop_back();
  return prompt;
}

const char* readingName(Reading reading) {
  return reading == Reading::firstToken ? "first-token" : "percentages";
}

std::vector<std::string> templateNames() {
  std::vector<std::string> names;
  for (const BuiltInTemplate& one : builtInTemplates()) names.emplace_back(one.name);
  return names;
}

std::string_view templateText(std::string_view name) {
  for (const BuiltInTemplate& one : builtInTemplates()) {
    if (one.name == name) return one.text;
  }
  throw Error(fmt::format("there is no template \"{}\"", name), "",
              fmt::format("use one of: {}; or the path of a file that ends in .toml",
                          fmt::join(templateNames(), ", ")));
}

Template findTemplate(const std::string& nameOrFile) {
  if (nameOrFile.ends_with(".toml")) {
    return Template::parse(readFile(nameOrFile), nameOrFile, nameOrFile);
  }
  return Template::parse(templateText(nameOrFile), nameOrFile, "the template " + nameOrFile);
}

}  // namespace canvass
