#include "microdata/draft/attribute_draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "microdata/draft/drafted_question.h"
#include "microdata/draft/toml_text.h"

namespace canvass {
namespace {

constexpr const char* everybody = "all respondents";
constexpr double youngestAdult = 18.0;

struct AgeGroup {
  int from = 0;
  int to = 0;
  const char* name = "";
};
constexpr std::array<AgeGroup, 4> ageGroups{
    {{18, 29, "18 to 29"}, {30, 44, "30 to 44"}, {45, 59, "45 to 59"}, {60, 120, "60 or older"}}};

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

// Ages in years, as opposed to codes of age groups.
bool areYears(const Variable& variable, const ObservedCodes& observed,
              const DraftedQuestion& codes) {
  return observed.texts == 0 && observed.greatest >= youngestAdult &&
         (variable.valueLabels.size() < 5 || !codes.unusable.empty());
}

std::size_t recordsOf(const ObservedCodes& observed) {
  return observed.numbers + observed.texts + observed.missing + observed.codedMissing;
}

std::size_t recordsWith(const std::vector<DraftedOption>& options, const ObservedCodes& observed) {
  std::size_t records = 0;
  for (const DraftedOption& option : options) {
    for (const std::string& code : option.codes) {
      const auto found = observed.counts.find(code);
      if (found != observed.counts.end()) records += found->second;
    }
  }
  return records;
}

std::size_t recordsInAgeGroups(const ObservedCodes& observed) {
  std::size_t records = 0;
  for (const auto& [code, count] : observed.counts) {
    const double age = valueOf(code).number;
    if (age >= ageGroups.front().from && age <= ageGroups.back().to) records += count;
  }
  return records;
}

// "a {sex}" and "someone aged {age}" are "a {sex} aged {age}".
void addWords(std::string_view words, std::string& phrase) {
  constexpr std::string_view someone = "someone ";
  if (phrase.empty()) {
    phrase = words;
  } else if (words.starts_with(someone)) {
    phrase += fmt::format(" {}", words.substr(someone.size()));
  } else {
    phrase += fmt::format(", {}", words);
  }
}

// The lines of a TOML text as comments; empty ones stay.
std::string commented(std::string_view toml) {
  std::string text;
  for (std::size_t start = 0; start < toml.size();) {
    const std::size_t end = std::min(toml.find('\n', start), toml.size());
    const std::string_view line = toml.substr(start, end - start);
    text += line.empty() ? "\n" : fmt::format("# {}\n", line);
    start = end + 1;
  }
  return text;
}

}  // namespace

bool AttributeDraft::take(Demographic demographic, const Variable& variable,
                          const ObservedCodes& observed, const RepeatedCodes& repeated) {
  const std::string name = demographicName(demographic);
  const DraftedQuestion codes =
      draftQuestion(variable, observed, {false, ObservedCodes::most, {&repeated, true}});
  Attribute attribute;
  attribute.toml = fmt::format("\n[attributes.{}]\n", name);
  const bool isInYears = demographic == Demographic::age && areYears(variable, observed, codes);
  for (std::size_t k = 0; !isInYears && k < codes.checks.size(); ++k) {
    attribute.toml += "# check: " + comment(codes.checks[k]) + "\n";
  }
  attribute.toml += fmt::format("variable = {}\n", tomlText(variable.name));
  if (isInYears) {
    attribute.toml += "values = [  # check: the age groups, and codes that are no age\n";
    for (const auto& [from, to, group] : ageGroups) {
      attribute.toml +=
          fmt::format("  {{ from = {}, to = {}, name = \"{}\" }},\n", from, to, group);
      attribute.values.insert(group);
    }
  } else if (codes.options.size() < 2) {
    return false;
  } else {
    attribute.toml += "values = [  # check: the words a prompt uses\n";
    for (const DraftedOption& one : codes.options) {
      attribute.toml += fmt::format("  {{ {}, name = {}, words = {} }},\n", codeKey(one.codes),
                                    tomlText(one.text), tomlText(wordsFor(demographic, one.text)));
      attribute.values.insert(one.text);
    }
  }
  attribute.toml += "]\n";
  attribute.without = recordsOf(observed) - (isInYears ? recordsInAgeGroups(observed)
                                                       : recordsWith(codes.options, observed));
  attributes_[demographic] = std::move(attribute);
  return true;
}

// Whether the values alone would not tell its populations from others.
bool AttributeDraft::needsNames(Demographic demographic) const {
  const Attribute& own = attributes_.at(demographic);
  const bool isNumber =
      std::any_of(own.values.begin(), own.values.end(),
                  [](const std::string& one) { return valueOf(one).kind == Value::Kind::number; });
  if (isNumber || own.values.contains(everybody)) return true;
  return std::any_of(attributes_.begin(), attributes_.end(), [&](const auto& other) {
    return other.first != demographic &&
           std::any_of(own.values.begin(), own.values.end(), [&other](const std::string& one) {
             return other.second.values.contains(one);
           });
  });
}

// Whether one of the populations is sure to have so many answers: of `answers` to a question, those
// of people without a value do not count, and the largest of n groups has an nth of the others.
bool AttributeDraft::fills(const std::vector<Demographic>& by, std::size_t answers,
                           std::size_t minimum) const {
  std::size_t groups = 1;
  for (const Demographic one : by) {
    const Attribute& attribute = attributes_.at(one);
    groups *= attribute.values.size();
    answers -= std::min(answers, attribute.without);
  }
  return answers >= groups * minimum;
}

// The attributes that make the draft's populations: countries, else women and men by age, else the
// first that will do; each wave by itself. None if there are too few answers.
std::vector<Demographic> AttributeDraft::division(std::size_t answers, std::size_t minimum) const {
  std::vector<std::vector<Demographic>> ways{{Demographic::country},
                                             {Demographic::sex, Demographic::age}};
  for (const auto& [demographic, attribute] : attributes_) {
    if (demographic != Demographic::wave) ways.push_back({demographic});
  }
  ways.push_back({});
  for (std::vector<Demographic>& by : ways) {
    if (!std::all_of(by.begin(), by.end(), [this](Demographic one) { return has(one); })) continue;
    if (has(Demographic::wave)) by.push_back(Demographic::wave);
    if (!by.empty() && fills(by, answers, minimum)) return by;
  }
  return {};
}

// [[populations]] by these attributes; of all respondents without any.
std::string AttributeDraft::populationsToml(const std::vector<Demographic>& by,
                                            std::size_t minimum) const {
  std::vector<std::string> names;
  std::string phrase;
  for (const Demographic one : by) {
    names.push_back(fmt::format("\"{}\"", demographicName(one)));
    addWords(demographicPhrase(one), phrase);
  }
  std::string text = fmt::format("\n[[populations]]\nby = [{}]\n", fmt::join(names, ", "));
  if (by.empty()) {
    text += fmt::format("name = \"{}\"\n", everybody);
    phrase = "someone";
  } else if (by.size() == 1 && needsNames(by.front())) {
    text += fmt::format("name = \"{0}: {{{0}}}\"\n", demographicName(by.front()));
  }
  return text + fmt::format("phrase = \"{}\"\nminimum = {}\n", phrase, minimum);
}

std::string AttributeDraft::toml(std::size_t answers, std::size_t minimum) const {
  std::string text;
  for (const auto& [demographic, attribute] : attributes_) text += attribute.toml;
  const std::vector<Demographic> chosen = division(answers, minimum);
  std::string others = chosen.empty() ? "" : populationsToml({}, minimum);
  for (const auto& [demographic, attribute] : attributes_) {
    if (chosen != std::vector{demographic}) others += populationsToml({demographic}, minimum);
  }
  text += "\n# check: which populations? Crossed ones: by = [\"country\", \"sex\"]" +
          populationsToml(chosen, minimum);
  if (others.empty()) return text;
  return text +
         "\n# Others, with the same respondents. Without \"# \" they are populations, too; what is "
         "then\n"
         "# held out for a test takes all that share respondents with it out of training.\n" +
         commented(others);
}

}  // namespace canvass
