#pragma once

#include <Eigen/Dense>
#include <cstddef>
#include <string>
#include <vector>

#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

// Predicted and observed answers as two tables of populations x options of all questions, in
// centered log shares: ln(share + 0.002), less its mean over the question's options. Not a number
// where there is no prediction, or nothing was observed.
struct AnswerTable {
  std::vector<std::string> questions;     // ids, as are those of populations
  std::vector<std::string> populations;   // in the order of the predictions
  std::vector<std::size_t> family;        // of each population (survey/shared_respondents.h)
  std::vector<Eigen::Index> firstColumn;  // of each question, and the number of columns
  Eigen::MatrixXd predicted, observed;
  // Of the predictions, in their order.
  struct Cell {
    std::size_t population = 0;
    std::size_t question = 0;
  };
  std::vector<Cell> cells;

  Eigen::Index optionCount(std::size_t question) const {
    return firstColumn[question + 1] - firstColumn[question];
  }
  bool isObserved(const Cell& cell) const;
  // The columns of the question, of one population.
  Eigen::VectorXd predictedOf(const Cell& cell) const;
  Eigen::VectorXd observedOf(const Cell& cell) const;
  // As though these had not been observed.
  void forget(const Cell& cell);
};

// Throws Error naming an item whose labels the survey and the predictions do not share.
AnswerTable answerTable(const Survey& observed, const Predictions& predictions);

Distribution sharesOf(const Eigen::VectorXd& logShares);

}  // namespace canvass
