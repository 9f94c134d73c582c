#pragma once

#include "microdata/import_plan.h"

namespace canvass {

// The question of a mapping over a variable of a file, all but its column. Throws as
// makeImportPlan does.
QuestionPlan makeQuestionPlan(const MappedQuestion& mapped, const Variable& variable);

// The same for a question whose options only the rows of an aggregated table will tell: it has none
// yet, and its meanings are those of missing codes.
QuestionPlan makeOpenQuestionPlan(const MappedQuestion& mapped, const Variable& variable);

}  // namespace canvass
