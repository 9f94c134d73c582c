#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "base/error.h"
#include "microdata/populations.h"
#include "tables/chosen_questions.h"
#include "tables/make_tables.h"
#include "text/near_matches.h"

namespace canvass {
namespace {

constexpr std::size_t maxCells = 4000;

std::vector<RespondentGroup> groupsBy(const std::vector<std::string>& by, const ImportPlan& plan,
                                      const Respondents& respondents) {
  std::vector<std::string> known;
  for (const AttributePlan& one : plan.attributes) known.push_back(one.name);
  for (const std::string& name : by) {
    if (std::ranges::find(known, name) != known.end()) continue;
    throw Error(fmt::format("the mapping has no attribute \"{}\"", name), {},
                suggestion(name, known));
  }
  MappedGrouping grouping;
  grouping.by = by;
  if (by.empty()) grouping.name = "everyone";
  return makeGroups(grouping, plan, respondents);
}

// One question over groups that share no respondent.
class RespondentTable {
 public:
  RespondentTable(const PreparedDesign& design, const Question& question,
                  const std::vector<std::int16_t>& answers)
      : design_(design), question_(question), answers_(answers) {
    for (std::int16_t& answer : answers_) answer = std::max(answer, std::int16_t{-1});
  }

  QuestionTable make(const std::vector<RespondentGroup>& groups, const TableOptions& options) {
    QuestionTable table{question_, options.by, {}, {}, {}, true, options.adjustment};
    for (const RespondentGroup& group : groups) addGroup(group, table);
    if (table.groups.size() > 1) compare(table);
    return table;
  }

 private:
  using Figure = std::optional<std::size_t>;  // an option; nothing: the mean

  std::size_t options() const { return question_.options.size(); }
  std::uint32_t cellOf(std::size_t group, std::size_t option) const {
    return static_cast<std::uint32_t>(group * options() + option);
  }

  void addGroup(const RespondentGroup& group, QuestionTable& table);
  void compare(QuestionTable& table);
  CellFigures cellsOf(std::size_t groups) const;
  CellEstimates sharesOfGroups(std::size_t groups, Figure figure) const;
  std::optional<IndependenceTest> testOf(std::size_t groups) const;

  const PreparedDesign& design_;
  const Question& question_;
  std::vector<std::int16_t> answers_;   // -1: no option
  std::vector<std::uint32_t> members_;  // of all groups that are in the table
  std::vector<std::size_t> groupOf_;    // of those
  std::vector<std::int16_t> cells_;     // by respondent: group x option
};

void RespondentTable::addGroup(const RespondentGroup& group, QuestionTable& table) {
  const auto estimates =
      design_.estimate(group.members, answers_, options(), intervalValues(question_));
  if (!estimates) return;
  for (const std::uint32_t i : group.members) {
    members_.push_back(i);
    groupOf_.push_back(table.groups.size());
  }
  table.groups.push_back(makeTableGroup(
      question_, {group.population.name, estimates->shares, estimates->standardErrors,
                  estimates->meanStandardError, static_cast<double>(estimates->respondents),
                  estimates->effectiveSampleSize, estimates->degrees}));
}

// The cells of all groups, each group's in a group of its own, and of all in the last.
CellFigures RespondentTable::cellsOf(std::size_t groups) const {
  CellFigures figures;
  figures.cells = groups * options();
  figures.groups.resize(groups + 1);
  for (std::size_t g = 0; g < groups; ++g) {
    for (std::size_t k = 0; k < options(); ++k) {
      figures.groups[g].push_back(cellOf(g, k));
      figures.groups[groups].push_back(cellOf(g, k));
    }
  }
  return figures;
}

CellEstimates RespondentTable::sharesOfGroups(std::size_t groups, Figure figure) const {
  CellFigures figures = cellsOf(groups);
  const std::vector<double> values = intervalValues(question_);
  for (std::size_t g = 0; g < groups; ++g) {
    CellFigures::Mean mean{g, {}};
    for (std::size_t k = 0; k < options(); ++k) {
      const double value = figure ? (*figure == k ? 1.0 : 0.0) : values[k];
      if (value != 0.0) mean.values.push_back({cellOf(g, k), value});
    }
    figures.means.push_back(std::move(mean));
  }
  return design_.estimateCells(members_, cells_, figures);
}

std::optional<IndependenceTest> RespondentTable::testOf(std::size_t groups) const {
  CellFigures figures = cellsOf(groups);
  for (std::uint32_t cell = 0; cell < figures.cells; ++cell) {
    figures.means.push_back({groups, {{cell, 1.0}}});
  }
  const CellEstimates estimates = design_.estimateCells(members_, cells_, figures);
  const double respondents = static_cast<double>(
      std::accumulate(estimates.respondents.begin(), estimates.respondents.end(), std::size_t{0}));
  return testIndependence(groups, options(), estimates.means, estimates.covariance, respondents,
                          estimates.degrees);
}

void RespondentTable::compare(QuestionTable& table) {
  const std::size_t groups = table.groups.size();
  if (groups * options() > maxCells) {
    throw Error(fmt::format("{} groups of {} options are too many for a table", groups, options()),
                "question " + question_.id, "divide by fewer attributes");
  }
  cells_.assign(answers_.size(), -1);
  for (std::size_t m = 0; m < members_.size(); ++m) {
    const std::int16_t answer = answers_[members_[m]];
    if (answer < 0) continue;
    cells_[members_[m]] =
        static_cast<std::int16_t>(cellOf(groupOf_[m], static_cast<std::size_t>(answer)));
  }
  std::map<Figure, CellEstimates> estimates;
  for (std::size_t k = 0; k < options(); ++k) estimates.emplace(k, sharesOfGroups(groups, k));
  if (question_.scale == Scale::interval) {
    estimates.emplace(std::nullopt, sharesOfGroups(groups, std::nullopt));
  }
  const auto covariance = [&](std::size_t first, std::size_t second, Figure figure) {
    return estimates.at(figure).covarianceOf(first, second);
  };
  addDifferences(table, covariance, estimates.begin()->second.degrees);
  table.test = testOf(groups);
}

}  // namespace

std::vector<QuestionTable> tablesOf(const ImportPlan& plan, const Respondents& respondents,
                                    const TableOptions& options) {
  std::vector<Question> questions;
  for (const QuestionPlan& one : plan.questions) questions.push_back(one.question);
  const std::vector<std::size_t> chosen = chosenQuestions(questions, options.questions);
  const std::vector<RespondentGroup> groups = groupsBy(options.by, plan, respondents);
  requireFewComparisons(chosen.size(), groups.size());
  const PreparedDesign design(respondents.design);
  std::vector<QuestionTable> tables;
  for (const std::size_t q : chosen) {
    RespondentTable table(design, questions[q], respondents.answers[q]);
    tables.push_back(table.make(groups, options));
    if (tables.back().groups.empty()) tables.pop_back();
  }
  if (!tables.empty()) return tables;
  throw Error("nobody in these groups answered the question");
}

}  // namespace canvass
