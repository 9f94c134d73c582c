#pragma once

#include <vector>

#include "predictions/predictions.h"
#include "survey/distribution.h"

namespace canvass {

// The logits that a temperature divides: the prediction's own if softmax makes its probabilities
// of them within 0.001, else ln probabilities (minus infinity for 0).
std::vector<double> logitsOf(const Prediction& prediction);

// exp(logit / temperature) divided by their sum; at least one logit is finite.
Distribution softmax(const std::vector<double>& logits, double temperature = 1.0);

// What one item says about the temperature; both in the same order.
struct LogitsAndShares {
  std::vector<double> logits;
  Distribution observed;  // 0 if the logit is minus infinity
};

// The temperature between the bounds of calibrator.h that minimizes the mean cross-entropy. Its
// derivative by 1/T, the mean of E_predicted[logit] - E_observed[logit], rises with 1/T: its zero
// is found by bisection.
double fitTemperature(const std::vector<LogitsAndShares>& items);

}  // namespace canvass
