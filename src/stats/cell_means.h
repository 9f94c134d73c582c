#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace canvass {

// Figures of a table: means over respondents of numbers that depend only on the cell of the table
// that a respondent is in. A share is the mean of 1 in one cell and 0 elsewhere.
struct CellFigures {
  struct Value {
    std::uint32_t cell = 0;
    double value = 0.0;
  };
  struct Mean {
    std::size_t group = 0;      // over whom
    std::vector<Value> values;  // of each cell of the group that is not 0
  };

  std::size_t cells = 0;
  std::vector<std::vector<std::uint32_t>> groups;  // the cells of each, which may be in several
  std::vector<Mean> means;

  // The value of each mean, from the cells' totals of weights. Not a number for a group without
  // weight.
  std::vector<double> from(const std::vector<double>& totals) const;
};

// What they come to, and their design-based precision.
struct CellEstimates {
  std::vector<double> means;
  std::vector<double> covariance;        // means x means, row by row
  double degrees = 0.0;                  // of freedom: primary sampling units less strata
  std::vector<double> shares;            // of the cells in the weight of all
  std::vector<std::size_t> respondents;  // n of each cell

  double covarianceOf(std::size_t one, std::size_t other) const {
    return covariance[one * means.size() + other];
  }
};

}  // namespace canvass
