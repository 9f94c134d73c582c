#include "transfer/question_transfer.h"

#include <cmath>
#include <memory>

namespace canvass {
namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using Index = Eigen::Index;

// Tables less the means of their columns over the cells that have a prediction (and, of observed
// ones, an observation); 0 elsewhere.
struct CenteredTables {
  Vector predictedMeans, observedMeans;  // of columns; observed ones not a number if there are none
  Matrix predicted, observed;
  Matrix known;  // 1 where there is an observation

  // Means of predictions for comparison with observations are over the same cells.
  explicit CenteredTables(const AnswerTable& table)
      : predictedMeans(table.predicted.cols()),
        observedMeans(table.predicted.cols()),
        predicted(Matrix::Zero(table.predicted.rows(), table.predicted.cols())),
        observed(predicted),
        known(predicted) {
    for (Index x = 0; x < table.predicted.cols(); ++x) center(table, x);
  }

 private:
  void center(const AnswerTable& table, Index x) {
    double both = 0.0, predictedOfBoth = 0.0, observedOfBoth = 0.0;
    double any = 0.0, predictedOfAny = 0.0;
    for (Index c = 0; c < table.predicted.rows(); ++c) {
      if (std::isnan(table.predicted(c, x))) continue;
      any += 1.0;
      predictedOfAny += table.predicted(c, x);
      if (std::isnan(table.observed(c, x))) continue;
      both += 1.0;
      predictedOfBoth += table.predicted(c, x);
      observedOfBoth += table.observed(c, x);
    }
    predictedMeans(x) = both > 0.0 ? predictedOfBoth / both : predictedOfAny / std::max(any, 1.0);
    observedMeans(x) = observedOfBoth / both;
    for (Index c = 0; c < table.predicted.rows(); ++c) {
      if (std::isnan(table.predicted(c, x))) continue;
      predicted(c, x) = table.predicted(c, x) - predictedMeans(x);
      if (std::isnan(table.observed(c, x))) continue;
      observed(c, x) = table.observed(c, x) - observedMeans(x);
      known(c, x) = 1.0;
    }
  }
};

// sum a b / sum b b over the observed cells; 1 if nothing is predicted to differ.
double slopeOf(const CenteredTables& tables) {
  const double squares = tables.predicted.cwiseProduct(tables.known).squaredNorm();
  return squares > 0.0 ? tables.observed.cwiseProduct(tables.predicted).sum() / squares : 1.0;
}

double levelSlopeOf(const CenteredTables& tables) {
  double products = 0.0, squares = 0.0;
  for (Index x = 0; x < tables.predictedMeans.size(); ++x) {
    if (std::isnan(tables.observedMeans(x))) continue;
    products += tables.predictedMeans(x) * tables.observedMeans(x);
    squares += tables.predictedMeans(x) * tables.predictedMeans(x);
  }
  return squares > 0.0 ? products / squares : 1.0;
}

// What a multiple of the predicted deviations leaves of the observed ones.
Matrix residualsOf(const CenteredTables& tables, double slope) {
  return tables.observed - slope * tables.predicted.cwiseProduct(tables.known);
}

// R A' (A A' + penalty trace/n I)^-1, for residuals R and what they are regressed on, A.
Matrix ridgeMap(const Matrix& residuals, const Matrix& regressors, double penalty) {
  Matrix gram = regressors * regressors.transpose();
  gram.diagonal().array() +=
      std::max(penalty * gram.trace() / static_cast<double>(gram.rows()), 1e-9);
  return gram.ldlt().solve(regressors * residuals.transpose()).transpose();
}

}  // namespace

CellCorrector fitQuestionTransfer(const AnswerTable& table, std::optional<double> penalty) {
  const CenteredTables tables(table);
  const double slope = slopeOf(tables);
  const double level = levelSlopeOf(tables);
  Matrix map = slope * Matrix::Identity(table.predicted.rows(), table.predicted.rows());
  if (penalty) {
    map +=
        ridgeMap(residualsOf(tables, slope), tables.predicted.cwiseProduct(tables.known), *penalty);
  }
  const auto corrected = std::make_shared<Matrix>(map * tables.predicted);
  for (Index x = 0; x < corrected->cols(); ++x) {
    corrected->col(x).array() += level * tables.predictedMeans(x);
  }
  return [corrected, columns = table.firstColumn](const AnswerTable::Cell& cell) -> Vector {
    return corrected->row(static_cast<Index>(cell.population))
        .segment(columns[cell.question], columns[cell.question + 1] - columns[cell.question]);
  };
}

CellCorrector fitPopulationTransfer(const AnswerTable& table, bool takesSlope,
                                    std::optional<double> penalty) {
  const CenteredTables tables(table);
  const double slope = takesSlope ? slopeOf(tables) : 1.0;
  Matrix deviations = slope * tables.predicted;
  if (penalty) {
    // Populations that were not observed are no examples: their rows are zero.
    const Matrix examples = tables.predicted.cwiseProduct(tables.known);
    Matrix gram = examples * examples.transpose();
    gram.diagonal().array() +=
        std::max(*penalty * gram.trace() / static_cast<double>(gram.rows()), 1e-9);
    const Matrix likeness = examples * tables.predicted.transpose();
    deviations += gram.ldlt().solve(likeness).transpose() * residualsOf(tables, slope);
  }
  const auto corrected = std::make_shared<Matrix>(std::move(deviations));
  for (Index x = 0; x < corrected->cols(); ++x) {
    const bool asked = !std::isnan(tables.observedMeans(x));
    corrected->col(x).array() += asked ? tables.observedMeans(x) : tables.predictedMeans(x);
  }
  return [corrected, columns = table.firstColumn](const AnswerTable::Cell& cell) -> Vector {
    return corrected->row(static_cast<Index>(cell.population))
        .segment(columns[cell.question], columns[cell.question + 1] - columns[cell.question]);
  };
}

}  // namespace canvass
