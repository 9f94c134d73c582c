#pragma once

#include "report/checklist/checklist.h"

namespace canvass {

// The two halves of the checklist.
ChecklistSection surveySection(const Survey* survey);
ChecklistSection modelSection(const ChecklistSources& sources);

}  // namespace canvass
