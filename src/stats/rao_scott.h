#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace canvass {

// Whether the answers to a question depend on the group: Pearson's chi-squared, corrected for the
// design as Rao & Scott (1984, Annals of Statistics 12(1)) do.
struct IndependenceTest {
  enum class Order { first, second };

  Order order = Order::second;
  double pearson = 0.0;             // X^2 of shares as though from a simple random sample of n
  double statistic = 0.0;           // F
  double numeratorDegrees = 0.0;    // of freedom
  double denominatorDegrees = 0.0;  // infinite if the design's are not known
  double probability = 1.0;         // p
};

// Second-order: from the covariances of the shares of all cells of a table in the whole. R's
// svychisq(statistic = "F"). `shares`: rows x columns, row by row, summing to 1; `covariance` of
// them likewise; `degrees`: of the design. Rows and columns of zeros are left out. Nothing if fewer
// than two rows or columns are left, or the cells do not vary.
std::optional<IndependenceTest> testIndependence(std::size_t rows, std::size_t columns,
                                                 std::span<const double> shares,
                                                 std::span<const double> covariance,
                                                 double respondents, double degrees);

// A group of a sample, as the first-order correction needs it.
struct GroupShares {
  std::vector<double> shares;
  std::vector<double> standardErrors;
  double respondents = 0.0;
};

// First-order: groups as independent samples, X^2 divided by the mean of the generalized design
// effects that the standard errors of the groups' shares determine (Scott & Rao 1981): chi-squared
// by its degrees of freedom, F with infinitely many below. Nothing as above.
std::optional<IndependenceTest> testHomogeneity(const std::vector<GroupShares>& groups);

}  // namespace canvass
