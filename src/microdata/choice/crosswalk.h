#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "microdata/microdata_reader.h"

namespace canvass {

// What variables are called in the files of several waves.
struct Crosswalk {
  struct Row {
    std::string variable;            // what a mapping calls it
    std::vector<std::string> names;  // in each wave; empty: not asked there
    std::string where;
  };

  std::vector<std::string> waves;
  std::vector<Row> rows;
};

// The variable that withCrosswalk adds to a file: the name of its wave.
inline constexpr std::string_view waveVariable = "wave";

// A CSV table with the header variable,WAVE,WAVE...: "variable,2019,2021". Throws Error naming
// file:line for another header, a line with more or fewer fields, a variable that appears twice,
// and a name that one wave has twice.
Crosswalk readCrosswalk(const std::filesystem::path& path);

// The wave whose name is in the file's name. Throws Error if there is none, or more than one.
std::size_t waveOf(const Crosswalk& crosswalk, const std::filesystem::path& file);

// The file with the crosswalk's names for its variables, those that were not asked as empty ones,
// its other variables as they are, and the variable `wave`. Throws Error for a name that the file
// does not have.
std::unique_ptr<MicrodataReader> withCrosswalk(std::unique_ptr<MicrodataReader> reader,
                                               const Crosswalk& crosswalk, std::size_t wave);

}  // namespace canvass
