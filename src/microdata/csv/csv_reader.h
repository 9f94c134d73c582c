#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "microdata/mapping.h"
#include "microdata/microdata_reader.h"

namespace canvass {

// The format of a text file.
struct CsvForm {
  std::string separator;  // empty: as the first line shows
  std::string encoding;   // empty: UTF-8
  char decimalMark = '.';
};

CsvForm csvFormOf(const Mapping& mapping);

// A CSV file of respondents: a header line with the variables' names, then one line each. Spaces
// around a value are not part of it; a value that is a number is one, whether in quotes or not.
// Throws Error naming file:line for a header without names, or with one that appears twice;
// reading throws for a line with too few or too many fields, and for used text in another encoding.
std::unique_ptr<MicrodataReader> openCsv(const std::filesystem::path& path, const CsvForm& form);

}  // namespace canvass
