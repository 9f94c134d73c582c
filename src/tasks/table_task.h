#pragma once

#include <string>
#include <vector>

#include "base/progress.h"
#include "tables/make_tables.h"
#include "tasks/import_task.h"

namespace canvass {

struct TableTask {
  ImportTask source;  // a survey; or, with a mapping, a file of respondents
  TableOptions options = {};
};

struct Tables {
  std::vector<QuestionTable> tables;
  ImportResult reading;  // what was skipped, and notes, of a file of respondents
};

// Throws Error as tablesOf, loadSurvey and readRespondents do, and for several files without a
// mapping.
Tables makeTables(const TableTask& task, Progress& progress = noProgress());

}  // namespace canvass
