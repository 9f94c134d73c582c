#include "tables/question_table.h"

#include <cmath>
#include <limits>

#include "stats/share_estimates.h"
#include "stats/student.h"

namespace canvass {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double upperTail = 0.975;

std::optional<Interval> around(double value, double standardError, double degrees) {
  if (!(degrees >= 1.0)) return std::nullopt;
  const double reach = studentQuantile(upperTail, degrees) * standardError;
  return Interval{value - reach, value + reach};
}

std::optional<double> designEffectOf(double share, std::optional<double> standardError,
                                     std::optional<double> respondents) {
  const double simple = share * (1.0 - share);
  if (!standardError || !respondents || simple <= 0.0 || *respondents <= 1.0) return std::nullopt;
  return *standardError * *standardError * (*respondents - 1.0) / simple;
}

std::optional<TableMean> meanOf(const Question& question, const GroupFigures& figures,
                                double degrees) {
  const std::vector<double> values = intervalValues(question);
  if (values.empty()) return std::nullopt;
  TableMean mean;
  for (std::size_t k = 0; k < values.size(); ++k) mean.mean += values[k] * figures.shares[k];
  mean.standardError = figures.meanStandardError;
  if (mean.standardError) mean.interval = around(mean.mean, *mean.standardError, degrees);
  return mean;
}

// A figure of a group that can be compared.
struct Compared {
  double value = 0.0;
  double error = 0.0;
};

std::optional<Compared> figureOf(const TableGroup& group, std::optional<std::size_t> option) {
  if (option) {
    const TableShare& share = group.shares[*option];
    if (!share.standardError) return std::nullopt;
    return Compared{share.share, *share.standardError};
  }
  if (!group.mean || !group.mean->standardError) return std::nullopt;
  return Compared{group.mean->mean, *group.mean->standardError};
}

// Of the difference of independent estimates (Satterthwaite 1946).
double pooledDegrees(const Compared& one, const TableGroup& ofOne, const Compared& other,
                     const TableGroup& ofOther) {
  const auto part = [](double error, const TableGroup& group) {
    const double degrees = group.degrees.value_or(infinity);
    return degrees > 0.0 ? std::pow(error, 4) / degrees : infinity;
  };
  const double variance = one.error * one.error + other.error * other.error;
  const double parts = part(one.error, ofOne) + part(other.error, ofOther);
  return parts > 0.0 ? variance * variance / parts : infinity;
}

void addDifference(QuestionTable& table, std::size_t first, std::size_t second,
                   std::optional<std::size_t> option, const GroupCovariance& covariance,
                   std::optional<double> degrees) {
  const TableGroup& one = table.groups[first];
  const TableGroup& other = table.groups[second];
  const auto a = figureOf(one, option);
  const auto b = figureOf(other, option);
  if (!a || !b) return;
  TableDifference result{first, second, option, a->value - b->value};
  const double variance =
      a->error * a->error + b->error * b->error - 2.0 * covariance(first, second, option);
  result.degrees = degrees ? *degrees : pooledDegrees(*a, one, *b, other);
  if (!(variance > 0.0) || !(result.degrees >= 1.0)) return;
  result.standardError = std::sqrt(variance);
  result.interval = *around(result.difference, result.standardError, result.degrees);
  result.probability = studentProbability(result.difference / result.standardError, result.degrees);
  table.differences.push_back(result);
}

}  // namespace

std::optional<double> TableGroup::designEffect() const {
  if (!respondents || !effectiveSampleSize) return std::nullopt;
  return *respondents / *effectiveSampleSize;
}

TableGroup makeTableGroup(const Question& question, const GroupFigures& figures) {
  TableGroup group{figures.name, figures.respondents, figures.effectiveSampleSize, figures.degrees,
                   !figures.standardErrors && figures.effectiveSampleSize};
  const double degrees = figures.degrees.value_or(infinity);
  for (std::size_t k = 0; k < figures.shares.size(); ++k) {
    TableShare share;
    share.share = figures.shares[k];
    if (figures.standardErrors) {
      share.standardError = (*figures.standardErrors)[k];
    } else if (figures.effectiveSampleSize) {
      share.standardError = standardErrorOf(share.share, *figures.effectiveSampleSize);
    }
    share.designEffect = designEffectOf(share.share, share.standardError, figures.respondents);
    if (share.standardError && figures.effectiveSampleSize) {
      const double respondents = figures.respondents.value_or(*figures.effectiveSampleSize);
      share.interval = shareInterval(share.share, *share.standardError, respondents,
                                     *figures.effectiveSampleSize, degrees);
    }
    group.shares.push_back(share);
  }
  group.mean = meanOf(question, figures, degrees);
  return group;
}

void addDifferences(QuestionTable& table, const GroupCovariance& covariance,
                    std::optional<double> degrees) {
  // Of two options the second one says the same as the first.
  const std::size_t all = table.question.options.size();
  const std::size_t options = all == 2 ? 1 : all;
  for (std::size_t first = 0; first < table.groups.size(); ++first) {
    for (std::size_t second = first + 1; second < table.groups.size(); ++second) {
      for (std::size_t k = 0; k < options; ++k) {
        addDifference(table, first, second, k, covariance, degrees);
      }
      addDifference(table, first, second, std::nullopt, covariance, degrees);
    }
  }
  std::vector<double> probabilities;
  for (const TableDifference& one : table.differences) probabilities.push_back(one.probability);
  const std::vector<double> corrected = adjusted(probabilities, table.adjustment);
  for (std::size_t i = 0; i < corrected.size(); ++i) {
    table.differences[i].adjusted = corrected[i];
  }
}

}  // namespace canvass
