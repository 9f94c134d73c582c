#include "probes/other_words.h"

#include <fmt/format.h>

#include <numeric>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/random.h"

namespace canvass {
namespace {

struct LabelSet {
  const char* name;
  const char* labels;  // one character each
};

constexpr LabelSet labelSets[] = {
    {"1 2 3", "123456789"},
    {"a b c", "abcdefghijklmnopqrstuvwxyz"},
    {"P Q R", "PQRSTUVWXYZ"},
};

std::vector<std::string> englishPrefixes() {
  return {" Answer: (", " My answer is (", " I would choose option (",
          " The most likely answer is ("};
}

Variant onlyItems(const Survey& survey, const std::vector<std::size_t>& items,
                  const std::string& name) {
  return unchanged(selectItems(survey, items), name);
}

}  // namespace

std::vector<Variant> labelVariants(const Survey& survey) {
  std::vector<Variant> all;
  for (const auto& [name, labels] : labelSets) {
    const std::string set = labels;
    std::vector<std::size_t> items;
    for (std::size_t i = 0; i < survey.items.size(); ++i) {
      if (survey.questionOf(survey.items[i]).options.size() <= set.size()) items.push_back(i);
    }
    if (items.empty()) continue;
    all.push_back(onlyItems(survey, items, std::string("labels ") + name));
    for (Question& question : all.back().survey.questions) {
      for (std::size_t k = 0; k < question.options.size(); ++k) {
        question.options[k].label = set.substr(k, 1);
      }
    }
  }
  return all;
}

Variant otherPopulations(const Survey& survey, std::uint64_t seed) {
  if (survey.populations.size() < 2) throw Error("there is no other population to ask instead");
  std::vector<std::size_t> circle(survey.populations.size());
  std::iota(circle.begin(), circle.end(), std::size_t{0});
  RandomStream random(seed, "other populations");
  random.shuffle(circle);
  Variant variant = unchanged(survey, "another population");
  for (std::size_t i = 0; i < circle.size(); ++i) {
    const Population& other = survey.populations[circle[(i + 1) % circle.size()]];
    Population& asked = variant.survey.populations[circle[i]];
    asked.name = other.name;
    asked.phrase = other.phrase;
    asked.attributes = other.attributes;
  }
  return variant;
}

Variant otherWording(const Survey& survey, const Survey& other, const std::string& name) {
  const SurveyIndex index(other);
  std::vector<std::size_t> items;
  for (std::size_t i = 0; i < survey.items.size(); ++i) {
    if (index.question(survey.questionOf(survey.items[i]).id) &&
        index.population(survey.populationOf(survey.items[i]).id)) {
      items.push_back(i);
    }
  }
  if (items.empty()) {
    throw Error(fmt::format("\"{}\" has wording for none of the items", name), "",
                "give a survey with the same question and population ids");
  }
  Variant variant = onlyItems(survey, items, name);
  variant.survey.language = other.language;
  for (Question& question : variant.survey.questions) {
    const Question& words = other.questions[*index.question(question.id)];
    if (words.options.size() != question.options.size()) {
      throw Error(fmt::format("question {} has {} options in \"{}\", not {}", question.id,
                              words.options.size(), name, question.options.size()));
    }
    question.text = words.text;
    for (std::size_t k = 0; k < question.options.size(); ++k) {
      question.options[k].text = words.options[k].text;
    }
  }
  for (Population& population : variant.survey.populations) {
    const Population& words = other.populations[*index.population(population.id)];
    population.name = words.name;
    population.phrase = words.phrase;
  }
  return variant;
}

Variant contentFree(const Survey& survey) {
  Variant variant = unchanged(survey, "nothing asked");
  for (Question& question : variant.survey.questions) {
    question.text = "N/A";
    for (Option& option : question.options) option.text = "N/A";
  }
  return variant;
}

std::vector<Variant> prefixVariants(const Survey& survey,
                                    const std::vector<std::string>& prefixes) {
  if (prefixes.empty() && survey.language != "en") {
    throw Error(fmt::format("there are no built-in answer prefixes for the language \"{}\"",
                            survey.language),
                "", "give some with --prefixes");
  }
  std::vector<Variant> all;
  for (const std::string& prefix : prefixes.empty() ? englishPrefixes() : prefixes) {
    if (prefix.empty())
      throw Error("an answer prefix is empty", "", "write some words in quotation marks");
    all.push_back(unchanged(survey, fmt::format("prefix \"{}\"", prefix)));
    all.back().answerPrefix = prefix;
  }
  return all;
}

std::vector<Variant> templateVariants(const Survey& survey,
                                      const std::vector<std::string>& templates) {
  std::vector<Variant> all;
  for (const std::string& name : templates) {
    all.push_back(unchanged(survey, "template " + name));
    all.back().templateName = name;
  }
  return all;
}

}  // namespace canvass
