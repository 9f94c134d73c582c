#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace canvass {

// The p of many tests, adjusted for their number without knowing how the tests are related.
enum class Adjustment {
  holm,               // familywise error rate (Holm 1979, Scandinavian Journal of Statistics 6(2))
  benjaminiHochberg,  // false discovery rate (1995, Journal of the Royal Statistical Society B 57)
  none,
};

// "holm", "bh", "none"; nothing for another name.
std::optional<Adjustment> adjustmentCalled(std::string_view name);
const char* titleOf(Adjustment adjustment);  // "Holm", "Benjamini-Hochberg", "not adjusted"

// As R's p.adjust, in the order given.
std::vector<double> adjusted(std::span<const double> probabilities, Adjustment adjustment);

// The two-sided p of Student's t; infinite degrees: of the normal distribution.
double studentProbability(double t, double degrees);

}  // namespace canvass
