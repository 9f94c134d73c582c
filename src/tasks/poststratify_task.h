#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "estimation/poststratification.h"

namespace canvass {

struct PoststratifyTask {
  Survey survey;  // whose populations are the cells
  std::filesystem::path predictions;
  std::filesystem::path cells;  // as readMargins reads it: one margin of crossed attributes
  std::vector<std::string> by = {};
};

// Throws Error as readMargins and poststratify do, and if the file has several margins.
Poststratification poststratifyPredictions(const PoststratifyTask& task);

}  // namespace canvass
