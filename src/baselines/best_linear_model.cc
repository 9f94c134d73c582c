#include "baselines/best_linear_model.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <vector>

namespace canvass {
namespace {

// From 12 on, more change a mean js_similarity on the World Values Survey by less than 0.0001.
constexpr int steps = 15;
// Added to every variance, so that C stays invertible if populations always agree: the square of a
// thousandth, on the scale of roots of shares.
constexpr double minVariance = 1e-6;
// A root below this means an option that nobody was observed to choose, a share of 1 in 100,000.
constexpr double minRoot = 0.00316;

using Places = std::vector<Eigen::Index>;

// The answers to one question: roots of shares without their mean, a row per population.
struct Answers {
  Places populations;  // that have answered
  Eigen::RowVectorXd mean;
  Eigen::MatrixXd residuals;
};

Eigen::RowVectorXd roots(const Distribution& shares) {
  return Eigen::Map<const Eigen::ArrayXd>(shares.data(), std::ssize(shares)).sqrt().matrix();
}

std::vector<Answers> answersByQuestion(const AnsweredCells& cells) {
  std::vector<std::vector<const AnsweredCell*>> ofQuestion;
  for (const AnsweredCell& cell : cells) {
    if (cell.question >= ofQuestion.size()) ofQuestion.resize(cell.question + 1);
    ofQuestion[cell.question].push_back(&cell);
  }
  std::vector<Answers> result(ofQuestion.size());
  for (std::size_t question = 0; question < ofQuestion.size(); ++question) {
    const auto& given = ofQuestion[question];
    if (given.empty()) continue;
    Answers& answers = result[question];
    answers.residuals.resize(std::ssize(given), std::ssize(*given.front()->shares));
    for (std::size_t i = 0; i < given.size(); ++i) {
      answers.populations.push_back(static_cast<Eigen::Index>(given[i]->population));
      answers.residuals.row(static_cast<Eigen::Index>(i)) = roots(*given[i]->shares);
    }
    answers.mean = answers.residuals.colwise().mean();
    answers.residuals.rowwise() -= answers.mean;
  }
  return result;
}

Places allBut(const Places& places, Eigen::Index count) {
  std::vector<bool> listed(static_cast<std::size_t>(count), false);
  for (const Eigen::Index place : places) listed[static_cast<std::size_t>(place)] = true;
  Places others;
  for (Eigen::Index place = 0; place < count; ++place) {
    if (!listed[static_cast<std::size_t>(place)]) others.push_back(place);
  }
  return others;
}

// The sum over a question's options of E[x x'], x the answers of all populations given those known.
Eigen::MatrixXd expectedProducts(const Answers& answers, const Eigen::MatrixXd& covariance) {
  const Places& known = answers.populations;
  const Places unknown = allBut(known, covariance.rows());
  Eigen::MatrixXd complete(covariance.rows(), answers.residuals.cols());
  complete(known, Eigen::all) = answers.residuals;
  // With no columns at all, Eigen would solve through a null pointer.
  if (unknown.empty()) return complete * complete.transpose();
  const Eigen::MatrixXd across = covariance(known, unknown);
  const Eigen::MatrixXd weights =
      Eigen::MatrixXd(covariance(known, known)).llt().solve(across);  // known x unknown
  complete(unknown, Eigen::all) = weights.transpose() * answers.residuals;
  Eigen::MatrixXd products = complete * complete.transpose();
  products(unknown, unknown) += static_cast<double>(answers.residuals.cols()) *
                                (covariance(unknown, unknown) - across.transpose() * weights);
  return products;
}

Eigen::MatrixXd fitCovariance(const std::vector<Answers>& questions, Eigen::Index populations,
                              double shrinkage) {
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Identity(populations, populations);
  for (int step = 0; step < steps; ++step) {
    Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(populations, populations);
    Eigen::Index options = 0;
    for (const Answers& answers : questions) {
      if (answers.populations.empty()) continue;
      sum += expectedProducts(answers, covariance);
      options += answers.residuals.cols();
    }
    sum /= static_cast<double>(options);
    covariance = (1.0 - shrinkage) * sum;
    covariance.diagonal() = sum.diagonal().array() + minVariance;
  }
  return covariance;
}

}  // namespace

struct BestLinearModel::Table {
  std::vector<Answers> questions;
  std::vector<bool> known;  // by population, whether it has answered anything
  Eigen::MatrixXd covariance;
};

BestLinearModel::BestLinearModel(const AnsweredCells& cells, const BestLinearSettings& settings) {
  auto table = std::make_unique<Table>();
  table->questions = answersByQuestion(cells);
  for (const AnsweredCell& cell : cells) {
    if (cell.population >= table->known.size()) table->known.resize(cell.population + 1, false);
    table->known[cell.population] = true;
  }
  table->covariance = fitCovariance(table->questions, std::ssize(table->known), settings.shrinkage);
  table_ = std::move(table);
}

BestLinearModel::~BestLinearModel() = default;

Distribution BestLinearModel::predict(std::size_t population, std::size_t question) const {
  const bool isKnown = population < table_->known.size() && table_->known[population] &&
                       question < table_->questions.size();
  if (!isKnown) return {};
  const Answers& answers = table_->questions[question];
  Places rows;
  Places others;
  for (std::size_t row = 0; row < answers.populations.size(); ++row) {
    if (answers.populations[row] == static_cast<Eigen::Index>(population)) continue;
    rows.push_back(static_cast<Eigen::Index>(row));
    others.push_back(answers.populations[row]);
  }
  if (others.empty()) return {};
  // Means are computed anew: those of the table may include the population's own answer.
  Eigen::MatrixXd known = answers.residuals(rows, Eigen::all);
  const Eigen::RowVectorXd shift = known.colwise().mean();
  known.rowwise() -= shift;
  const Eigen::MatrixXd& covariance = table_->covariance;
  const Places target = {static_cast<Eigen::Index>(population)};
  const Eigen::VectorXd weights = Eigen::MatrixXd(covariance(others, others))
                                      .llt()
                                      .solve(Eigen::MatrixXd(covariance(others, target)));
  const Eigen::RowVectorXd root = answers.mean + shift + weights.transpose() * known;
  Distribution shares;
  for (const double value : root) {
    shares.push_back(std::pow(std::max(value, minRoot), 2.0));
  }
  return normalized(std::move(shares), "best linear prediction");
}

}  // namespace canvass
