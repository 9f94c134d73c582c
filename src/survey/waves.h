#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "survey/survey.h"

namespace canvass {

// The number in a population's attribute "wave": 7 of "7", "wave 7" and "W7"; nothing if it has no
// such attribute or there is no number in it.
std::optional<double> waveOf(const Population& population);

// For each population of `later`, by its index, those of `earlier` that are the same people in an
// earlier wave: all attributes but "wave" are the same, and the wave's number is lower. The latest
// comes first.
std::vector<std::vector<std::size_t>> earlierWaves(const std::vector<Population>& later,
                                                   const std::vector<Population>& earlier);

}  // namespace canvass
