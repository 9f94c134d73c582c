#pragma once

#include <optional>
#include <string>
#include <vector>

#include "microdata/import_plan.h"
#include "microdata/respondents.h"
#include "weighting/calibration.h"
#include "weighting/margins.h"

namespace canvass {

struct WeighOptions {
  CalibrationOptions calibration = {};
  // Respondents without a value of a margin's attribute keep their share of it; otherwise an Error.
  bool keepMissing = false;
};

// One cell of a margin; shares are of the weight of all respondents who count in it.
struct WeighedCell {
  std::string name;  // "sex: male"
  std::size_t respondents = 0;
  double before = 0.0;
  double target = 0.0;
  double after = 0.0;
};

// Weights of one kind, summed up.
struct WeightSummary {
  double designEffect = 1.0;  // Kish: n sum w^2 / (sum w)^2
  double effectiveSampleSize = 0.0;
  double smallest = 0.0;  // over the mean
  double largest = 0.0;
};

struct Weighing {
  std::vector<double> weights;  // of each respondent
  std::vector<WeighedCell> cells;
  WeightSummary before;
  WeightSummary after;
  std::size_t respondents = 0;  // with a weight above 0
  std::size_t steps = 0;
  std::size_t atBounds = 0;  // respondents whose weight is at a limit
  std::vector<std::string> notes;
};

// The respondents' weights, calibrated to the margins. With shares they sum to what they summed to
// before, with counts to the count. Respondents of weight 0 keep it, and those of a cell whose
// amount is 0 get it. Throws Error for an attribute or value that the mapping does not have, a
// value that the margins do not list, cells that are empty, counts that contradict each other,
// weights that become negative, and, naming the cell that is furthest from its amount, if there are
// no such weights.
Weighing weigh(const Margins& margins, const ImportPlan& plan, const Respondents& respondents,
               const WeighOptions& options);

}  // namespace canvass
