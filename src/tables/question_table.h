#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "stats/adjusted_tests.h"
#include "stats/rao_scott.h"
#include "stats/share_intervals.h"
#include "survey/survey.h"

namespace canvass {

// How the populations of one division (by sex, by country and age) answer a question, with the
// precision of every figure. Formulas are in docs/statistics.md.

struct TableShare {
  double share = 0.0;
  std::optional<double> standardError;
  std::optional<ShareInterval> interval;
  std::optional<double> designEffect;  // variance over that of a simple random sample of n
};

struct TableMean {
  double mean = 0.0;
  std::optional<double> standardError;
  std::optional<Interval> interval;  // by Student's t
};

struct TableGroup {
  std::string name;
  std::optional<double> respondents;          // n
  std::optional<double> effectiveSampleSize;  // n_eff
  std::optional<double> degrees;              // of freedom of the standard errors
  bool isApproximate = false;                 // standard errors by n_eff alone
  std::vector<TableShare> shares = {};        // of the options
  std::optional<TableMean> mean = {};         // of an interval question

  // n / n_eff; nothing if one is not known.
  std::optional<double> designEffect() const;
};

// A difference between two groups: of an option's shares, or of the means.
struct TableDifference {
  std::size_t first = 0;  // groups
  std::size_t second = 0;
  std::optional<std::size_t> option;  // nothing: of the means
  double difference = 0.0;            // first less second
  double standardError = 0.0;
  double degrees = 0.0;  // infinite: normal
  Interval interval = {};
  double probability = 1.0;  // p of no difference, two-sided
  double adjusted = 1.0;     // for the number of differences in the table
};

struct QuestionTable {
  Question question;
  std::vector<std::string> by;  // attributes that divide the groups
  std::vector<TableGroup> groups;
  std::vector<TableDifference> differences;
  std::optional<IndependenceTest> test;  // of all groups and options
  // Whether covariances between groups are part of differences and test; otherwise groups count as
  // independent samples.
  bool hasCovariances = false;
  Adjustment adjustment = Adjustment::holm;
};

// What is known of a group's answers.
struct GroupFigures {
  std::string name;
  Distribution shares;
  std::optional<std::vector<double>> standardErrors;
  std::optional<double> meanStandardError;
  std::optional<double> respondents;
  std::optional<double> effectiveSampleSize;
  std::optional<double> degrees;
};
TableGroup makeTableGroup(const Question& question, const GroupFigures& figures);

// The covariance of two groups' shares of an option, or of their means.
using GroupCovariance =
    std::function<double(std::size_t first, std::size_t second, std::optional<std::size_t> option)>;

// All pairs of groups, all options (of two only the first) and the mean, where both have a standard
// error; adjusted for their number. `degrees`: of covariances; nothing: of each pair by Welch and
// Satterthwaite.
void addDifferences(QuestionTable& table, const GroupCovariance& covariance,
                    std::optional<double> degrees);

}  // namespace canvass
