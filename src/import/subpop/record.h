#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import/published/options.h"
#include "survey/survey.h"

namespace canvass::subpop {

// One line of SubPOP.
struct Record {
  Question question;
  Population population;
  Distribution distribution;  // in the order of the question's options
  std::optional<double> refused;
  PlacedOptions placed;
  std::vector<std::string> unknownKeys;  // keys that the format does not have
};

// The qkey of an arbitrary line; empty if it has none.
std::string previewKey(std::string_view line);

// Throws Error, without a location, for every fault in the line.
Record parseRecord(std::string_view line);

}  // namespace canvass::subpop
