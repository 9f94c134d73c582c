#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "microdata/microdata_reader.h"

namespace canvass {

// How many records a condition left out of one pass over a file, and for how many it was open
// because something is missing (they are among those left out).
struct LeftOutRecords {
  std::size_t read = 0;
  std::size_t leftOut = 0;
  std::size_t open = 0;
};

// The file's records for which the condition holds. `counts` is set by each pass, and must outlive
// the reader. Throws Error as Condition does.
std::unique_ptr<MicrodataReader> withCondition(std::unique_ptr<MicrodataReader> reader,
                                               const std::string& condition,
                                               LeftOutRecords& counts);

}  // namespace canvass
