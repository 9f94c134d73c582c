#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "microdata/microdata_reader.h"

namespace canvass {

// Indices of the columns of an aggregated table, as their names suggest them.
struct AggregatedGuess {
  std::size_t question = 0;
  std::size_t option = 0;
  std::size_t share = 0;
  const char* unit = "share";             // or "percent", "count": the mapping's key
  std::optional<std::size_t> population;  // else:
  std::vector<std::size_t> attributes;
};

// Nothing if the columns are not those of an aggregated table.
std::optional<AggregatedGuess> guessAggregated(const std::vector<Variable>& variables);

// The mapping of it, all but its header. Reads the file once.
std::string draftAggregated(const AggregatedGuess& guess, MicrodataReader& reader,
                            Progress& progress);

}  // namespace canvass
