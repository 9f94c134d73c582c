#pragma once

#include <string>
#include <vector>

#include "microdata/draft/observed_codes.h"
#include "microdata/microdata_reader.h"

namespace canvass {

// What a scan of all records shows about a file of respondents, wide or long.
struct DraftTable {
  std::vector<Variable> variables;  // of a long table: the columns of respondents and of
                                    // questions
  std::vector<ObservedCodes> observed;
  std::string toml;  // [table], if it needs to be said
};

// A table is long if it has columns with the usual names for respondent, question and answer.
// Throws Error if the column of its questions has more values than the maximum number of
// questions.
DraftTable observeTable(MicrodataReader& reader, Progress& progress);

}  // namespace canvass
