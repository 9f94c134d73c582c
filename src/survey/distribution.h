#pragma once

#include <string>
#include <vector>

namespace canvass {

// Probabilities over the options of one question, in the options' order, summing to 1.
using Distribution = std::vector<double>;

// How far from 1 the sum of a distribution that is read from a file may be.
inline constexpr double distributionTolerance = 1e-6;

// Divides by the sum. Throws Error at `where` if a value is negative or not finite, or the sum is
// not positive.
Distribution normalized(std::vector<double> shares, const std::string& where);

Distribution uniformDistribution(std::size_t options);

}  // namespace canvass
