#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "report/survey/survey_summary.h"

namespace canvass {
namespace {

using Cases = std::vector<std::string>;

std::string locationOf(const Survey& survey, const Item& item) {
  return survey.questionOf(item).id + ", " + survey.populationOf(item).name;
}

// The locations of the items for which `looksWrong` holds.
template <typename LooksWrong>
Cases itemsWhere(const Survey& survey, LooksWrong&& looksWrong) {
  Cases cases;
  for (const Item& item : survey.items) {
    if (looksWrong(item)) cases.push_back(locationOf(survey, item));
  }
  return cases;
}

Cases unobservedItems(const Survey& survey) {
  return itemsWhere(survey, [](const Item& item) { return !item.observed; });
}

Cases itemsWithOneOptionOnly(const Survey& survey) {
  return itemsWhere(survey, [](const Item& item) {
    return item.observed && std::ranges::max(*item.observed) >= 1.0 - 1e-9;
  });
}

constexpr double fewRespondents = 100.0;

Cases itemsWithFewRespondents(const Survey& survey) {
  return itemsWhere(survey, [](const Item& item) {
    return item.respondents && *item.respondents < fewRespondents;
  });
}

Cases itemsMoreEffectiveThanAsked(const Survey& survey) {
  return itemsWhere(survey, [](const Item& item) {
    return item.respondents && item.effectiveSampleSize &&
           *item.effectiveSampleSize > *item.respondents * (1.0 + 1e-9);
  });
}

std::vector<std::size_t> itemsBy(const Survey& survey, std::size_t Item::*member,
                                 std::size_t size) {
  std::vector<std::size_t> counts(size, 0);
  for (const Item& item : survey.items) ++counts[item.*member];
  return counts;
}

Cases questionsWithItems(const Survey& survey, std::size_t wanted) {
  const auto counts = itemsBy(survey, &Item::question, survey.questions.size());
  Cases cases;
  for (std::size_t q = 0; q < counts.size(); ++q) {
    if (counts[q] == wanted) cases.push_back(survey.questions[q].id);
  }
  return cases;
}

Cases questionsWithoutItems(const Survey& survey) { return questionsWithItems(survey, 0); }

Cases questionsWithOnePopulation(const Survey& survey) {
  return survey.populations.size() < 2 ? Cases{} : questionsWithItems(survey, 1);
}

// Fewer than half as many items as the median population.
Cases populationsWithFewItems(const Survey& survey) {
  const auto counts = itemsBy(survey, &Item::population, survey.populations.size());
  const double median = spreadOf({counts.begin(), counts.end()}).median;
  Cases cases;
  for (std::size_t p = 0; p < counts.size(); ++p) {
    if (static_cast<double>(counts[p]) * 2.0 >= median && counts[p] > 0) continue;
    cases.push_back(fmt::format("{} ({})", survey.populations[p].name, counts[p]));
  }
  return cases;
}

Cases questionsWithoutText(const Survey& survey) {
  Cases cases;
  for (const Question& question : survey.questions) {
    if (question.text.empty()) cases.push_back(question.id);
  }
  return cases;
}

Cases questionsThatRepeatAnother(const Survey& survey) {
  std::map<std::pair<std::string, std::vector<std::string>>, std::string> firstWith;
  Cases cases;
  for (const Question& question : survey.questions) {
    std::vector<std::string> options;
    for (const Option& option : question.options) options.push_back(option.text);
    const auto [first, isNew] = firstWith.emplace(std::pair{question.text, options}, question.id);
    if (!isNew) cases.push_back(question.id + " as " + first->second);
  }
  return cases;
}

Cases questionsThatRepeatAnOption(const Survey& survey) {
  Cases cases;
  for (const Question& question : survey.questions) {
    std::set<std::string> texts;
    for (const Option& option : question.options) {
      if (!texts.insert(option.text).second) cases.push_back(question.id + ": " + option.text);
    }
  }
  return cases;
}

// An option that continues after a comma is often the second half of the one before it.
Cases questionsWithSplitOptions(const Survey& survey) {
  Cases cases;
  for (const Question& question : survey.questions) {
    for (std::size_t k = 1; k < question.options.size(); ++k) {
      const std::string& text = question.options[k].text;
      const bool continues =
          std::ranges::any_of(std::initializer_list<const char*>{"but ", "and ", "or ", "nor "},
                              [&](const char* word) { return text.starts_with(word); });
      if (continues) cases.push_back(question.id + ": " + text);
    }
  }
  return cases;
}

// The shares that each option has over all observed items of its question, in sum.
std::vector<std::vector<double>> sharesByOption(const Survey& survey) {
  std::vector<std::vector<double>> sums(survey.questions.size());
  for (const Item& item : survey.items) {
    if (!item.observed) continue;
    auto& sum = sums[item.question];
    sum.resize(item.observed->size(), 0.0);
    for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += (*item.observed)[k];
  }
  return sums;
}

Cases optionsThatNobodyChose(const Survey& survey) {
  const auto sums = sharesByOption(survey);
  Cases cases;
  for (std::size_t q = 0; q < sums.size(); ++q) {
    for (std::size_t k = 0; k < sums[q].size(); ++k) {
      if (sums[q][k] > 0.0) continue;
      cases.push_back(survey.questions[q].id + ": " + survey.questions[q].options[k].text);
    }
  }
  return cases;
}

struct Check {
  const char* name;
  const char* text;
  Cases (*find)(const Survey&);
};

// To add a check, write its function and add its line.
constexpr Check checks[] = {
    {"no_distribution", "items without an observed distribution", unobservedItems},
    {"one_option_only", "items with all answers on one option", itemsWithOneOptionOnly},
    {"few_respondents", "items with fewer than 100 respondents", itemsWithFewRespondents},
    {"n_eff_above_n", "items with an effective sample size above the number of respondents",
     itemsMoreEffectiveThanAsked},
    {"few_items", "populations with no item, or fewer than half as many as the median population",
     populationsWithFewItems},
    {"no_items", "questions without an item", questionsWithoutItems},
    {"one_population", "questions with a single population", questionsWithOnePopulation},
    {"no_text", "questions without a text", questionsWithoutText},
    {"repeated_question", "questions with the same text and options as another",
     questionsThatRepeatAnother},
    {"repeated_option", "options with the same text as another of the same question",
     questionsThatRepeatAnOption},
    {"split_option", "options that may be the second half of the previous one",
     questionsWithSplitOptions},
    {"unchosen_option", "options that no population chose", optionsThatNobodyChose},
};

}  // namespace

std::vector<Finding> findWhatLooksWrong(const Survey& survey) {
  std::vector<Finding> findings;
  for (const Check& check : checks) {
    Cases cases = check.find(survey);
    if (!cases.empty()) findings.push_back({check.name, check.text, std::move(cases)});
  }
  return findings;
}

}  // namespace canvass
