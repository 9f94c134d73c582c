#include "transfer/answer_table.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <unordered_map>

#include "base/error.h"
#include "baselines/log_shares.h"
#include "survey/shared_respondents.h"

namespace canvass {
namespace {

Eigen::VectorXd logSharesOf(const Distribution& shares) {
  const std::vector<double> values = centeredLogShares(shares);
  return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Eigen::Index>(values.size()));
}

class Numbers {
 public:
  std::size_t of(const std::string& id, std::vector<std::string>& all) {
    const auto [found, isNew] = numbers_.emplace(id, all.size());
    if (isNew) all.push_back(id);
    return found->second;
  }

 private:
  std::unordered_map<std::string, std::size_t> numbers_;
};

void checkLabels(const Prediction& prediction, const std::vector<std::string>& labels) {
  if (prediction.labels == labels) return;
  throw Error("the prediction has other options, or has them in another order",
              fmt::format("question {}, population {}", prediction.question, prediction.population),
              "predict all items from one survey");
}

// Both tables are dense.
void requireSize(const AnswerTable& table) {
  constexpr double most = 2e7;
  const double size =
      static_cast<double>(table.populations.size()) * static_cast<double>(table.firstColumn.back());
  if (size <= most) return;
  throw Error(
      fmt::format("a table of {} populations and {} options has {:.0f} cells, more than {:.0f}",
                  table.populations.size(), table.firstColumn.back(), size, most),
      {}, "correct fewer questions, or fewer populations, at a time");
}

// Of populations that the survey does not have, each its own.
std::vector<std::size_t> familiesIn(const Survey& survey, const SurveyIndex& index,
                                    const std::vector<std::string>& populations) {
  const std::vector<std::size_t> families = familiesOf(survey);
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < populations.size(); ++i) {
    const auto found = index.population(populations[i]);
    result.push_back(found ? families[*found] : survey.populations.size() + i);
  }
  return result;
}

}  // namespace

Distribution sharesOf(const Eigen::VectorXd& logShares) {
  return sharesOfLogs({logShares.begin(), logShares.end()});
}

bool AnswerTable::isObserved(const Cell& cell) const {
  return !std::isnan(
      observed(static_cast<Eigen::Index>(cell.population), firstColumn[cell.question]));
}

Eigen::VectorXd AnswerTable::predictedOf(const Cell& cell) const {
  return predicted.row(static_cast<Eigen::Index>(cell.population))
      .segment(firstColumn[cell.question], optionCount(cell.question));
}

Eigen::VectorXd AnswerTable::observedOf(const Cell& cell) const {
  return observed.row(static_cast<Eigen::Index>(cell.population))
      .segment(firstColumn[cell.question], optionCount(cell.question));
}

void AnswerTable::forget(const Cell& cell) {
  observed.row(static_cast<Eigen::Index>(cell.population))
      .segment(firstColumn[cell.question], optionCount(cell.question))
      .setConstant(std::numeric_limits<double>::quiet_NaN());
}

AnswerTable answerTable(const Survey& observed, const Predictions& predictions) {
  AnswerTable table;
  Numbers questions;
  Numbers populations;
  std::vector<std::vector<std::string>> labels;
  for (const Prediction& one : predictions.predictions) {
    const std::size_t question = questions.of(one.question, table.questions);
    if (question == labels.size()) labels.push_back(one.labels);
    checkLabels(one, labels[question]);
    table.cells.push_back({populations.of(one.population, table.populations), question});
  }
  table.firstColumn.push_back(0);
  for (const auto& ofQuestion : labels) {
    table.firstColumn.push_back(table.firstColumn.back() +
                                static_cast<Eigen::Index>(ofQuestion.size()));
  }
  requireSize(table);
  const SurveyIndex index(observed);
  table.family = familiesIn(observed, index, table.populations);
  table.predicted = table.observed =
      Eigen::MatrixXd::Constant(static_cast<Eigen::Index>(table.populations.size()),
                                table.firstColumn.back(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    const Prediction& one = predictions.predictions[i];
    const auto& [population, question] = table.cells[i];
    const auto row = static_cast<Eigen::Index>(population);
    const auto columns = table.optionCount(question);
    table.predicted.row(row).segment(table.firstColumn[question], columns) =
        logSharesOf(one.probabilities).transpose();
    const auto item = index.item(one.question, one.population);
    if (!item || !observed.items[*item].observed) continue;
    checkLabels(one, labelsOf(observed.questionOf(observed.items[*item])));
    table.observed.row(row).segment(table.firstColumn[question], columns) =
        logSharesOf(*observed.items[*item].observed).transpose();
  }
  return table;
}

}  // namespace canvass
