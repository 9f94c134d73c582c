#include "designs/naacl2025.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>

#include "base/error.h"
#include "designs/population_names.h"
#include "survey/question_number.h"

namespace canvass {
namespace {

constexpr std::array<std::string_view, 8> secondGroup = {
    "Egypt", "Ethiopia", "Kenya", "Libya", "Morocco", "Nigeria", "Tunisia", "Zimbabwe"};
constexpr std::array<std::string_view, 11> thirdGroup = {
    "Malaysia", "Thailand", "Czechia", "Greece",      "Nigeria",    "Morocco",
    "Peru",     "Colombia", "Mexico",  "Puerto Rico", "New Zealand"};
constexpr std::string_view excludedCountry = "Northern Ireland";

struct PartOfDesign {
  const char* name;
  int countries;  // C1, C2 or C3
  int questions;  // Q1, Q2 or Q3
};

constexpr std::array<PartOfDesign, 7> partsOfDesign = {{{"train", 1, 1},
                                                        {"valid", 1, 2},
                                                        {"test-C1Q3", 1, 3},
                                                        {"test-C2Q1", 2, 1},
                                                        {"test-C2Q3", 2, 3},
                                                        {"test-C3Q1", 3, 1},
                                                        {"test-C3Q3", 3, 3}}};

// The groups that a population is in: one, two, or none if it is left out.
using CountryGroups = std::vector<int>;

template <std::size_t Size>
bool isIn(const std::array<std::string_view, Size>& group, const std::u32string& key) {
  return std::ranges::any_of(group, [&key](auto name) { return countryKey(name) == key; });
}

CountryGroups countryGroups(const Population& population, bool repair) {
  const std::u32string key = countryKey(countryOf(population));
  if (key == countryKey(excludedCountry)) return {};
  CountryGroups groups;
  if (isIn(secondGroup, key)) groups.push_back(2);
  if (isIn(thirdGroup, key) && (groups.empty() || !repair)) groups.push_back(3);
  if (groups.empty()) groups.push_back(1);
  return groups;
}

// 0 for a question that is left out.
int questionGroup(const Question& question) {
  const auto number = questionNumber(question.id);
  if (!number || *number == 0 || *number > 259) return 0;
  if (*number == 82 || *number == 223 || (*number >= 94 && *number <= 105)) return 0;
  return *number <= 163 ? 1 : *number <= 198 ? 2 : 3;
}

struct Groups {
  std::vector<CountryGroups> populations;
  std::vector<int> questions;
};

Groups groupsOf(const Survey& survey, bool repair) {
  Groups groups;
  for (const Population& population : survey.populations) {
    groups.populations.push_back(countryGroups(population, repair));
  }
  for (const Question& question : survey.questions) {
    groups.questions.push_back(questionGroup(question));
  }
  return groups;
}

bool isPart(const Groups& groups, const Item& item, const PartOfDesign& part) {
  const CountryGroups& countries = groups.populations[item.population];
  return groups.questions[item.question] == part.questions &&
         std::ranges::find(countries, part.countries) != countries.end();
}

// The countries of both lists that no population of the survey lives in.
std::vector<std::string_view> missingCountries(const Survey& survey) {
  std::set<std::u32string> present;
  for (const Population& population : survey.populations) {
    present.insert(countryKey(countryOf(population)));
  }
  std::set<std::string_view> missing;
  for (const std::string_view name : secondGroup) missing.insert(name);
  for (const std::string_view name : thirdGroup) missing.insert(name);
  std::erase_if(missing, [&](auto name) { return present.contains(countryKey(name)); });
  return {missing.begin(), missing.end()};
}

void noteLeftOut(const Survey& survey, const Groups& groups, std::vector<std::string>& notes) {
  std::set<std::string> populations;
  std::set<std::string> questions;
  std::size_t leftOut = 0;
  std::size_t between = 0;
  for (const Item& item : survey.items) {
    const bool noPopulation = groups.populations[item.population].empty();
    const bool noQuestion = groups.questions[item.question] == 0;
    if (noPopulation) populations.insert(survey.populationOf(item).name);
    if (noQuestion) questions.insert(survey.questionOf(item).id);
    leftOut += noPopulation || noQuestion;
    between += !noPopulation && groups.questions[item.question] == 2 &&
               groups.populations[item.population].front() != 1;
  }
  if (leftOut > 0) {
    notes.push_back(fmt::format(
        "items that the design leaves out: {} (populations: {}; "
        "questions: {})",
        leftOut, populations.empty() ? "none" : fmt::format("{}", fmt::join(populations, ", ")),
        questions.empty() ? "none" : fmt::format("{}", fmt::join(questions, ", "))));
  }
  if (between > 0) {
    notes.push_back(
        fmt::format("items of C2Q2 and C3Q2, which the design does not use: {}", between));
  }
}

void noteFaults(const Survey& survey, const Groups& groups, bool repair,
                std::vector<std::string>& notes) {
  if (repair) {
    notes.emplace_back(
        "repaired: Nigeria and Morocco are in C2 only, which is all of Africa in the design; "
        "figures for C3 differ from those of the paper");
  } else {
    std::size_t twice = 0;
    for (const Item& item : survey.items) {
      const int group = groups.questions[item.question];
      twice += groups.populations[item.population].size() > 1 && (group == 1 || group == 3);
    }
    notes.push_back(fmt::format(
        "fault of the design: Nigeria and Morocco are in C2 and in C3, so a mean over all tests "
        "counts them twice (items in two parts: {}); --repair puts them in C2 only",
        twice));
  }
  notes.emplace_back(
      "fault of the design: valid has the countries of train, so what is chosen on it (the epoch, "
      "the loss) is not chosen for new countries");
}

}  // namespace

Parts splitNaacl2025(const Survey& survey, bool repair) {
  const Groups groups = groupsOf(survey, repair);
  Parts result;
  for (const PartOfDesign& part : partsOfDesign) {
    std::vector<std::size_t> items;
    for (std::size_t i = 0; i < survey.items.size(); ++i) {
      if (isPart(groups, survey.items[i], part)) items.push_back(i);
    }
    addPart(result, part.name, survey, items);
  }
  if (result.parts.empty()) {
    throw Error("the survey has no items of the design naacl2025", survey.name,
                "its questions are numbered 1 to 259, as in the World Values Survey, wave 7");
  }
  noteFaults(survey, groups, repair, result.notes);
  const auto missing = missingCountries(survey);
  if (!missing.empty()) {
    result.notes.push_back(fmt::format(
        "countries of the design that are missing from the survey: {}", fmt::join(missing, ", ")));
  }
  noteLeftOut(survey, groups, result.notes);
  return result;
}

}  // namespace canvass
