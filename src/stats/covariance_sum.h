#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace canvass {

// Sums up scale x (row - center)(row - center)' over rows of figures, a group of rows at a time:
// the variances and covariances of figures from what each sampling unit, or replicate, adds to
// them.
class CovarianceSum {
 public:
  enum class Of { variances, covariances };

  CovarianceSum(std::size_t figures, Of what);

  // A row of zeros to fill in. Valid until the next call.
  std::span<double> addRow();
  // Ends a group of `rows` rows, of which those not added are zeros, centered at their mean.
  void endCentered(std::size_t rows, double scale);
  // Ends a group that is not centered.
  void end(double scale);

  // One number per figure, or figures x figures row by row.
  const std::vector<double>& sums() const { return sums_; }
  std::vector<double> variances() const;

 private:
  void addProducts(std::span<const double> row, double scale);
  void flush();

  std::size_t figures_;
  Of what_;
  std::vector<double> sums_;
  std::vector<double> rows_;        // of the current group
  std::vector<double> groupTotal_;  // of the rows that are no longer in rows_
  std::vector<double> groupSums_;   // likewise their products, not centered
  std::size_t flushed_ = 0;
};

}  // namespace canvass
