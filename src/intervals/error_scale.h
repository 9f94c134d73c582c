#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "intervals/calibration_items.h"

namespace canvass {

// What the items that are to come are new by. Cells of one question, or of one population, err
// together: where that is new, it is the questions or populations that are exchangeable, not the
// cells.
enum class NewBy { cell, question, population };

// How far predictions are from the truth, as a variance that depends on the item. In units of
// shareVariance(), it is that of items with as many options, times a factor for the question and
// one for the population, where those are not what is new. Each is shrunk to 1 by as much as ten
// items of the average error would do.
class ErrorScale {
 public:
  // Of at least one item. What sampling explains of the errors is not counted.
  ErrorScale(std::span<const CalibrationItem> items, NewBy newBy);

  // The variance of an item's errors, in units of shareVariance().
  double of(const std::string& question, const std::string& population, std::size_t options) const;
  // The same for one of the items that it was fitted on, as though it were not among them.
  double without(const CalibrationItem& item) const;

 private:
  struct Factor {
    double sum = 0.0;  // of errors relative to those of items with as many options
    std::size_t items = 0;

    double value(double left = 0.0, std::size_t leftItems = 0) const;
  };

  double common(std::size_t options) const;
  double relative(const CalibrationItem& item) const;

  double all_ = 0.0;
  std::map<std::size_t, double> byOptions_;
  std::map<std::string, Factor> byQuestion_;
  std::map<std::string, Factor> byPopulation_;
};

// The variance of a share by which errors of several shares are compared, p (1 - p) and a little
// more: a share that is predicted to be 0 can be wrong, too.
double shareVariance(double predicted);

}  // namespace canvass
