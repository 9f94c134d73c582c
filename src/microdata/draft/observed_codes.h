#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "microdata/microdata_reader.h"

namespace canvass {

// What a scan of all records shows about one variable.
struct ObservedCodes {
  static constexpr std::size_t most = 100;

  std::map<std::string, std::size_t> counts;  // by code; without "" and no more than `most`
  bool isTooMany = false;                     // there are more codes than that
  std::size_t missing = 0;                    // values that are ""
  std::size_t codedMissing = 0;               // values that are ".a" to ".z"
  std::size_t numbers = 0;
  std::size_t texts = 0;

  // Of the numbers.
  double least = 0.0;
  double greatest = 0.0;
  double sum = 0.0;
  double sumOfSquares = 0.0;
  bool areWhole = true;
  std::size_t zeros = 0;
};

void observe(const Value& value, ObservedCodes& observed);

// One for each variable of the file.
std::vector<ObservedCodes> observeCodes(MicrodataReader& reader, Progress& progress);

}  // namespace canvass
