#include "microdata/draft/draft_mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "base/error.h"
#include "microdata/draft/draft_aggregated.h"
#include "microdata/draft/draft_table.h"
#include "microdata/draft/drafted_question.h"
#include "microdata/draft/guesses.h"
#include "microdata/draft/toml_text.h"

namespace canvass {
namespace {

constexpr int minimum = 50;

// Numbers without labels are answers only in a file that has no labels at all.
constexpr DraftRules labeledRules{true, 26};
constexpr DraftRules unlabeledRules{false, 12};
constexpr DraftRules attributeRules{false, ObservedCodes::most};

std::string questionToml(const Variable& variable, const DraftedQuestion& question) {
  std::string text = "\n[[questions]]\n";
  for (const std::string& check : question.checks) text += "# check: " + comment(check) + "\n";
  text += fmt::format("variable = {}\n", tomlText(variable.name));
  if (variable.label.empty()) {
    text +=
        fmt::format("text = {}  # check: write the question's words\n", tomlText(variable.name));
  } else {
    text += fmt::format("text = {}\n", tomlText(variable.label));
  }
  text +=
      fmt::format("scale = {}  # check: nominal, ordinal or interval?\n", tomlText(question.scale));
  if (question.optionsAreLabels) {
    std::vector<std::string> labels;
    for (const DraftedOption& one : question.options) labels.push_back(one.text);
    text +=
        comment(fmt::format("# the options are the file's labels: {}", fmt::join(labels, " | "))) +
        "\n";
  } else {
    text += "options = [\n";
    for (const DraftedOption& one : question.options) {
      text += fmt::format("  {{ {}, text = {} }},\n", codeKey(one.codes), tomlText(one.text));
    }
    text += "]\n";
  }
  if (question.valuesFromCodes) text += "option_values = \"codes\"\n";
  const auto addCodes = [&text](const char* key, const std::vector<std::string>& codes) {
    if (!codes.empty()) text += fmt::format("{} = {}\n", key, codeList(codes));
  };
  addCodes("dont_know", question.dontKnow);
  addCodes("refused", question.refused);
  addCodes("not_asked", question.notAsked);
  return text;
}

std::string draftHeader(const std::string& file) {
  const std::filesystem::path path(file);
  return fmt::format(
      "# A first mapping of {}. Every guess is marked \"check\"; docs/importing.md has every key.\n"
      "\n[survey]\nname = {}\nsource = \"unknown\"  # check: cite the survey\n"
      "language = \"en\"  # check: of the wording below and in the file\n",
      comment(path.filename().string()), tomlText(path.stem().string()));
}

// In a prompt, a man is not called a "male".
std::string wordsFor(Demographic demographic, const std::string& name) {
  if (demographic != Demographic::sex) return name;
  std::string lower = name;
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  if (lower == "male") return "man";
  if (lower == "female") return "woman";
  return lower;
}

const char* phraseFor(Demographic demographic) {
  switch (demographic) {
    case Demographic::country:
      return "someone from {country}";
    case Demographic::sex:
      return "a {sex}";
    case Demographic::age:
      return "someone aged {age}";
    case Demographic::education:
      return "someone whose education is: {education}";
    case Demographic::region:
      return "someone from {region}";
  }
  return "";
}

class Draft {
 public:
  Draft(std::string file, DraftTable table)
      : file_(std::move(file)),
        variables_(std::move(table.variables)),
        observed_(std::move(table.observed)),
        table_(std::move(table.toml)) {
    hasLabels_ = std::any_of(variables_.begin(), variables_.end(),
                             [](const Variable& one) { return !one.valueLabels.empty(); });
  }

  std::string text();

 private:
  void sort();
  void takeDesign(std::size_t i, DesignRole role);
  bool takeAttribute(std::size_t i, Demographic demographic);
  std::string populations() const;
  std::string unused() const;

  std::string file_;
  std::vector<Variable> variables_;
  std::vector<ObservedCodes> observed_;
  std::string table_;  // its TOML
  bool hasLabels_ = false;
  std::string design_;
  std::set<DesignRole> roles_;
  std::map<Demographic, std::string> attributes_;  // their TOML
  std::string questions_;
  std::vector<std::string> unused_;
};

void Draft::takeDesign(std::size_t i, DesignRole role) {
  const Variable& variable = variables_[i];
  const char* key = role == DesignRole::weight   ? "weight"
                    : role == DesignRole::strata ? "strata"
                                                 : "cluster";
  const ObservedCodes& observed = observed_[i];
  const bool isSound = observed.missing == 0 && (role != DesignRole::weight ||
                                                 (observed.texts == 0 && observed.least >= 0.0));
  const bool isFirst = isSound && roles_.insert(role).second;
  design_ +=
      fmt::format("{}{} = {}  # check{}{}\n", isFirst ? "" : "# or: ", key, tomlText(variable.name),
                  variable.label.empty() ? "" : ": ", comment(variable.label));
  if (!isSound) design_ += "#   not usable: some values are missing, negative or texts\n";
}

bool Draft::takeAttribute(std::size_t i, Demographic demographic) {
  if (attributes_.contains(demographic)) return false;
  const Variable& variable = variables_[i];
  const std::string name = demographicName(demographic);
  std::string text =
      fmt::format("\n[attributes.{}]\nvariable = {}\n", name, tomlText(variable.name));
  const DraftedQuestion codes = draftQuestion(variable, observed_[i], attributeRules);
  const bool isAge = demographic == Demographic::age && observed_[i].texts == 0 &&
                     (variable.valueLabels.size() < 5 || !codes.unusable.empty());
  if (isAge) {
    text +=
        "values = [  # check: the age groups, and codes that are no age\n"
        "  { from = 18, to = 29, name = \"18 to 29\" },\n"
        "  { from = 30, to = 44, name = \"30 to 44\" },\n"
        "  { from = 45, to = 59, name = \"45 to 59\" },\n"
        "  { from = 60, to = 120, name = \"60 or older\" },\n]\n";
  } else if (codes.options.size() < 2) {
    return false;
  } else {
    text += "values = [  # check: the words a prompt uses\n";
    for (const DraftedOption& one : codes.options) {
      text += fmt::format("  {{ {}, name = {}, words = {} }},\n", codeKey(one.codes),
                          tomlText(one.text), tomlText(wordsFor(demographic, one.text)));
    }
    text += "]\n";
  }
  attributes_[demographic] = text;
  return true;
}

void Draft::sort() {
  const DraftRules& rules = hasLabels_ ? labeledRules : unlabeledRules;
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    const Variable& variable = variables_[i];
    if (variable.name.empty()) continue;
    const auto role = variable.isFileWeight ? std::optional(DesignRole::weight)
                                            : guessDesignRole(variable.name, variable.label);
    if (role) {
      takeDesign(i, *role);
      continue;
    }
    const auto demographic = guessDemographic(variable.name, variable.label);
    if (demographic && takeAttribute(i, *demographic)) continue;
    const DraftedQuestion question = draftQuestion(variable, observed_[i], rules);
    if (question.unusable.empty()) {
      questions_ += questionToml(variable, question);
    } else {
      unused_.push_back(
          fmt::format("{} ({}): {}", variable.name, variable.label, question.unusable));
    }
  }
}

std::string Draft::populations() const {
  std::string text;
  for (const auto& [demographic, toml] : attributes_) text += toml;
  text += fmt::format(
      "\n# check: which populations? Crossed ones: by = [\"country\", \"sex\"]\n[[populations]]\n"
      "by = []\nname = \"all respondents\"\nphrase = \"someone\"\nminimum = {}\n",
      minimum);
  for (const auto& [demographic, toml] : attributes_) {
    text += fmt::format("\n[[populations]]\nby = [{}]\nphrase = {}\nminimum = {}\n",
                        tomlText(demographicName(demographic)), tomlText(phraseFor(demographic)),
                        minimum);
  }
  return text;
}

std::string Draft::unused() const {
  if (unused_.empty()) return {};
  std::string text = "\n# Variables that are not used:\n";
  for (const std::string& one : unused_) text += "#   " + comment(one) + "\n";
  return text;
}

std::string Draft::text() {
  sort();
  if (questions_.empty()) {
    throw Error("no variable looks like a question: none has labeled codes", file_,
                "write the mapping by hand, as docs/importing.md says");
  }
  const std::string design = design_.empty() ? "" : "\n[design]\n" + design_;
  return draftHeader(file_) + table_ + design + populations() + questions_ + unused();
}

}  // namespace

std::string draftMapping(MicrodataReader& reader, Progress& progress) {
  if (const auto aggregated = guessAggregated(reader.variables())) {
    return draftHeader(reader.fileName()) + draftAggregated(*aggregated, reader, progress);
  }
  return Draft(reader.fileName(), observeTable(reader, progress)).text();
}

}  // namespace canvass
