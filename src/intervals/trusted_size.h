#pragma once

#include <optional>
#include <span>

#include "intervals/calibration_items.h"
#include "intervals/interval_model.h"

namespace canvass {

// As how many respondents predictions may be taken: the largest k for which the usual interval of
// shares of k people, p +- z sqrt(p (1 - p) / k), holds what was observed, for all shares of an
// item at once, in the plan's level of items, as a new group (cell, question or population) shows
// it: the lower conformal quantile of every item's own k. Larger sizes would claim more than
// predictions hold (the question that Huang, Wu & Wang 2025 ask of simulated answers). What the
// survey's own sampling explains of an error is not counted. Nothing if there are too few groups
// for the level; 0 if not even one respondent's interval would hold.
std::optional<double> trustedRespondents(std::span<const CalibrationItem> items,
                                         const IntervalPlan& plan);

}  // namespace canvass
