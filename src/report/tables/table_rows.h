#pragma once

#include <string>
#include <vector>

#include "tables/question_table.h"

namespace canvass {

// A table of answers as rows of cells, for formats that have columns.
struct TableRows {
  std::vector<std::string> titles;
  std::vector<std::vector<std::string>> rows;
};

// For readers: percent, one decimal.
TableRows readableRows(const QuestionTable& table);
// For programs: question, group, option, label and every figure in full, empty if not known.
TableRows completeRows(const QuestionTable& table);

}  // namespace canvass
