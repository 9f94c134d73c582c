#pragma once

#include "import/import.h"

namespace canvass {

// What a format does not say about its questions and the user does: which are nominal, and their
// topics. Throws Error naming an id that is not in the survey.
void applyQuestionDetails(const ImportOptions& options, ImportResult& result);

// Notes questions without a text, and ordinal ones with an option such as "DK/Refused".
void noteOddQuestions(ImportResult& result);

}  // namespace canvass
