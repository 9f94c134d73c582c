#pragma once

namespace canvass {

// The quantile of Student's t distribution at `probability` (above 0, below 1) with `degrees` of
// freedom: any real number from 1. Its distribution function is integrated numerically after
// t = sqrt(degrees) tan(angle), which makes the integrand cos(angle)^(degrees - 1), and inverted
// by bisection; good to 1e-6 of the quantile, in the far tail under 2 degrees to 1e-4. Throws Error
// outside these ranges.
double studentQuantile(double probability, double degrees);

}  // namespace canvass
