#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "diagnostics/estimates.h"
#include "diagnostics/figure.h"

namespace canvass {

struct NamedFigure {
  std::string_view kind;
  DiagnosticFigure figure;
};

// Which questions go together over populations: correlations of the estimates of every two
// questions, as predicted and as observed. How strong they are, how alike (Tucker's congruence),
// how many have the wrong sign; and how alike the two configurations of populations are (the RV
// coefficient without its diagonal: Smilde et al. 2009). Definitions are in docs/judging.md.
//
// Questions are taken as they are: intervals are about other populations, by a jackknife over their
// families. Of very many questions or populations a random sample is taken. Empty if there are not
// ten pairs of questions that five populations have.
std::vector<NamedFigure> associationFigures(const Survey& observed, const Estimates& estimates,
                                            std::uint64_t seed = 0);

}  // namespace canvass
