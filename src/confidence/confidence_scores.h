#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace canvass {

// How well confidences distinguish answers that can be trusted from others.
struct ConfidenceScores {
  std::size_t items = 0;
  double trusted = 0.0;  // share of the items that could be trusted
  // Mean squared difference of confidence and whether it could be trusted; 0 to 1, lower is
  // better.
  double brier = 0.0;
  double brierOfConstant = 0.0;  // that of the share above, used for every item
  // Expected calibration error over ten bins of equal width.
  double calibrationError = 0.0;
  // Probability that an answer that could be trusted had more confidence than one that could not,
  // ties half (area under the ROC curve); nothing if all could be trusted, or none.
  std::optional<double> auroc;
};

// `confidences` 0 to 1; one entry per item in both.
ConfidenceScores scoreConfidences(const std::vector<double>& confidences,
                                  const std::vector<bool>& trusted);

}  // namespace canvass
