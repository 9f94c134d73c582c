#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/list_text.h"
#include "tables/chosen_questions.h"
#include "tables/make_tables.h"

namespace canvass {
namespace {

using Names = std::set<std::string>;

Names attributesOf(const Population& population) {
  Names names;
  for (const auto& [name, value] : population.attributes) names.insert(name);
  return names;
}

std::string divisionName(const Names& names) {
  return names.empty() ? "(everyone)" : fmt::format("{}", fmt::join(names, ","));
}

std::vector<std::size_t> populationsBy(const Survey& survey, const std::vector<std::string>& by) {
  const Names wanted(by.begin(), by.end());
  std::set<std::string> divisions;
  std::vector<std::size_t> found;
  for (std::size_t p = 0; p < survey.populations.size(); ++p) {
    const Names names = attributesOf(survey.populations[p]);
    divisions.insert(divisionName(names));
    if (names == wanted) found.push_back(p);
  }
  if (!found.empty()) return found;
  throw Error(by.empty()
                  ? std::string("the survey has no population of everyone")
                  : fmt::format("no population is divided by exactly {}", divisionName(wanted)),
              survey.name,
              fmt::format("it has populations by {}: --by NAME; or give the respondents' file and "
                          "--mapping",
                          listText({divisions.begin(), divisions.end()})));
}

QuestionTable tableOf(const Survey& survey, std::size_t question,
                      const std::vector<std::size_t>& populations, const SurveyIndex& index,
                      const TableOptions& options) {
  QuestionTable table{survey.questions[question], options.by, {}, {}, {}, false,
                      options.adjustment};
  std::vector<GroupShares> groups;
  for (const std::size_t population : populations) {
    const auto found = index.item(question, population);
    if (!found || !survey.items[*found].observed) continue;
    const Item& item = survey.items[*found];
    table.groups.push_back(makeTableGroup(
        table.question,
        {survey.populations[population].name, *item.observed, item.standardErrors,
         item.meanStandardError, item.respondents, item.effectiveSampleSize, item.degrees}));
    const TableGroup& group = table.groups.back();
    GroupShares shares{*item.observed, {}, item.respondents.value_or(0.0)};
    for (const TableShare& one : group.shares) {
      if (one.standardError) shares.standardErrors.push_back(*one.standardError);
    }
    if (item.respondents && shares.standardErrors.size() == shares.shares.size()) {
      groups.push_back(std::move(shares));
    }
  }
  addDifferences(
      table, [](auto, auto, auto) { return 0.0; }, std::nullopt);
  if (groups.size() == table.groups.size()) table.test = testHomogeneity(groups);
  return table;
}

}  // namespace

std::vector<QuestionTable> tablesOf(const Survey& survey, const TableOptions& options) {
  const std::vector<std::size_t> populations = populationsBy(survey, options.by);
  const SurveyIndex index(survey);
  const std::vector<std::size_t> chosen = chosenQuestions(survey.questions, options.questions);
  requireFewComparisons(chosen.size(), populations.size());
  std::vector<QuestionTable> tables;
  for (const std::size_t question : chosen) {
    QuestionTable table = tableOf(survey, question, populations, index, options);
    if (!table.groups.empty()) tables.push_back(std::move(table));
  }
  if (!tables.empty()) return tables;
  throw Error("none of these populations answered the question", survey.name);
}

}  // namespace canvass
