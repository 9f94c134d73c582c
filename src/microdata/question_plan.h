#pragma once

#include "microdata/import_plan.h"

namespace canvass {

// The question of a mapping over a variable of a file, all but its column. Throws as
// makeImportPlan does.
QuestionPlan makeQuestionPlan(const MappedQuestion& mapped, const Variable& variable);

// The same for a question whose options will only be known from the rows of an aggregated table: it
// has none yet, and its meanings are only those of missing codes.
QuestionPlan makeOpenQuestionPlan(const MappedQuestion& mapped, const Variable& variable);

}  // namespace canvass
