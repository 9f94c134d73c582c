#pragma once

#include "base/progress.h"
#include "import/import.h"
#include "microdata/mapping.h"
#include "microdata/respondents.h"
#include "tasks/import_task.h"

namespace canvass {

// Files of respondents, read by their mapping and not tabulated.
struct RespondentData {
  Mapping mapping;
  ImportPlan plan;
  Respondents respondents;
  ImportResult reading;  // what was skipped, and notes; no survey
};

// Throws Error as importSurvey does, and for files that hold no respondents. `baseWeights`: as in
// ImportOptions.
RespondentData readRespondents(const ImportTask& task, bool baseWeights,
                               Progress& progress = noProgress());

}  // namespace canvass
