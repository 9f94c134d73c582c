#pragma once

#include <string>
#include <vector>

#include "microdata/draft/observed_codes.h"
#include "microdata/microdata_reader.h"

namespace canvass {

// What a look at all records shows of a file of respondents, wide or long.
struct DraftTable {
  std::vector<Variable> variables;  // of a long table: the columns that are of respondents, and its
                                    // questions
  std::vector<ObservedCodes> observed;
  std::string toml;  // [table], where it needs to be said
};

// A table with columns called as those of respondent, question and answer usually are is long.
// Throws Error where the column of its questions has more values than questions there can be.
DraftTable observeTable(MicrodataReader& reader, Progress& progress);

}  // namespace canvass
