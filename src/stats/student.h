#pragma once

namespace canvass {

// The quantile of Student's t distribution at `probability` (above 0, below 1) with `degrees` of
// freedom: any number from 1, infinity for the normal distribution. Throws Error outside these
// ranges.
double studentQuantile(double probability, double degrees);

}  // namespace canvass
