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
  std::string toml;         // [table], if it needs to be said
  std::size_t columns = 0;  // the first so many variables are columns, the others are questions of
                            // a long table, which are nothing else
};

// A table is long if it has columns with the usual names for respondent, question and answer.
// Columns that vary within a respondent are left out. Throws Error if the column of its questions
// has more values than the maximum number of questions, for a record without respondent or question
// and for a second answer to a question.
DraftTable observeTable(MicrodataReader& reader, Progress& progress);

}  // namespace canvass
