#include "estimation/rectified_mean.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "base/error.h"
#include "stats/student.h"

namespace canvass {
namespace {

constexpr std::size_t minForWeight = 5;

using Eigen::ArrayXd;
using Eigen::MatrixXd;
using Eigen::RowVectorXd;

// A row per population, a column per option.
struct Design {
  MatrixXd predicted;        // of all N
  MatrixXd predictedAmong;   // of the L interviewed
  MatrixXd sampled;          // of the L
  RowVectorXd withinSample;  // mean over the L of the sampling variance of respondents
  double respondents = 0.0;  // of all
};

Design designOf(const std::vector<Distribution>& predicted,
                const std::vector<InterviewedPopulation>& interviewed) {
  const auto rowOf = [](const Distribution& shares) {
    return Eigen::Map<const RowVectorXd>(shares.data(), std::ssize(shares));
  };
  const Eigen::Index options = std::ssize(predicted.front());
  Design design{MatrixXd(std::ssize(predicted), options),
                MatrixXd(std::ssize(interviewed), options),
                MatrixXd(std::ssize(interviewed), options), RowVectorXd::Zero(options)};
  for (Eigen::Index i = 0; i < design.predicted.rows(); ++i) {
    design.predicted.row(i) = rowOf(predicted[static_cast<std::size_t>(i)]);
  }
  for (Eigen::Index i = 0; i < design.sampled.rows(); ++i) {
    const InterviewedPopulation& one = interviewed[static_cast<std::size_t>(i)];
    const RowVectorXd shares = rowOf(one.shares);
    design.sampled.row(i) = shares;
    design.predictedAmong.row(i) = rowOf(predicted[one.population]);
    design.withinSample.array() +=
        shares.array() * (1.0 - shares.array()) / (one.respondents - 1.0);
    design.respondents += one.respondents;
  }
  design.withinSample /= static_cast<double>(design.sampled.rows());
  return design;
}

MatrixXd centered(const MatrixXd& rows) { return rows.rowwise() - rows.colwise().mean(); }

double fittedWeight(const Design& design) {
  if (static_cast<std::size_t>(design.sampled.rows()) < minForWeight) return 0.0;
  const MatrixXd predictions = centered(design.predictedAmong);
  const double variation = predictions.squaredNorm();
  if (variation <= 0.0) return 0.0;
  const double together = predictions.cwiseProduct(centered(design.sampled)).sum();
  return std::clamp(together / variation, 0.0, 1.0);
}

struct Variances {
  RowVectorXd all;
  std::vector<double> degrees;  // by option
};

Variances variancesAt(const Design& design, double weight) {
  const double interviewed = static_cast<double>(design.sampled.rows());
  const double fraction = interviewed / static_cast<double>(design.predicted.rows());
  const double degrees = interviewed - (weight > 0.0 ? 2.0 : 1.0);
  const MatrixXd left = centered(design.sampled - weight * design.predictedAmong);
  RowVectorXd between = left.colwise().squaredNorm() / degrees * ((1.0 - fraction) / interviewed);
  if (weight > 0.0) {
    // The weight is an estimate too: as in a regression, it counts if the means differ.
    const RowVectorXd apart =
        design.predicted.colwise().mean() - design.predictedAmong.colwise().mean();
    between *=
        1.0 + interviewed * apart.squaredNorm() / centered(design.predictedAmong).squaredNorm();
  }
  const RowVectorXd within = design.withinSample * (fraction / interviewed);
  Variances result{between + within, {}};
  const double degreesWithin = std::max(1.0, design.respondents - interviewed);
  for (Eigen::Index k = 0; k < between.size(); ++k) {
    const double total = result.all[k];
    // Satterthwaite's, which rounding could carry below the minimum of both.
    const double squares =
        between[k] * between[k] / degrees + within[k] * within[k] / degreesWithin;
    result.degrees.push_back(total > 0.0 ? std::max(1.0, total * total / squares)
                                         : std::numeric_limits<double>::infinity());
  }
  return result;
}

// On the scale of ln(p / (1 - p)), as intervals of shares are skewed, and within 0 and 1. A mean
// that is not between 0 and 1, which a large weight can make, has a symmetric interval.
std::pair<double, double> intervalOf(double mean, double reach) {
  if (mean <= 0.0 || mean >= 1.0) {
    return {std::clamp(mean - reach, 0.0, 1.0), std::clamp(mean + reach, 0.0, 1.0)};
  }
  const double center = std::log(mean / (1.0 - mean));
  const double width = reach / (mean * (1.0 - mean));
  const auto share = [](double logit) { return 1.0 / (1.0 + std::exp(-logit)); };
  return {share(center - width), share(center + width)};
}

ShareIntervals intervalsAt(const Design& design, double weight, const Variances& variances,
                           double level) {
  const RowVectorXd mean =
      design.sampled.colwise().mean() +
      weight * (design.predicted.colwise().mean() - design.predictedAmong.colwise().mean());
  ShareIntervals result;
  for (Eigen::Index k = 0; k < mean.size(); ++k) {
    const double reach =
        studentQuantile((1.0 + level) / 2.0, variances.degrees[static_cast<std::size_t>(k)]) *
        std::sqrt(variances.all[k]);
    const auto [lower, upper] = intervalOf(mean[k], reach);
    result.estimate.push_back(mean[k]);
    result.lower.push_back(lower);
    result.upper.push_back(upper);
  }
  return result;
}

}  // namespace

RectifiedMean rectifyMean(const std::vector<Distribution>& predicted,
                          const std::vector<InterviewedPopulation>& interviewed, double level) {
  if (interviewed.size() < 2) {
    throw Error("a mean over populations needs respondents in at least 2 of them");
  }
  if (std::ranges::any_of(interviewed, [](const auto& one) { return !(one.respondents > 1.0); })) {
    throw Error("a population with 1 respondent says nothing about how much answers vary", {},
                "leave it out, or interview more");
  }
  const Design design = designOf(predicted, interviewed);
  const Variances alone = variancesAt(design, 0.0);
  RectifiedMean result;
  result.sample = intervalsAt(design, 0.0, alone, level);
  result.mean = result.sample;
  const double weight = fittedWeight(design);
  if (weight <= 0.0) return result;
  const Variances rectified = variancesAt(design, weight);
  if (rectified.all.sum() >= alone.all.sum()) return result;
  result.weight = weight;
  result.mean = intervalsAt(design, weight, rectified, level);
  result.gain = alone.all.sum() / rectified.all.sum();
  return result;
}

}  // namespace canvass
