#pragma once

#include <string>

#include "microdata/draft/drafted_question.h"
#include "microdata/variable.h"

namespace canvass {

// The [[questions]] table of a drafted question. `topic`: may be empty.
std::string questionToml(const Variable& variable, const DraftedQuestion& question,
                         const std::string& topic);

// "dont_know = [8]  # check: Don't know" and the like, for the kinds that have codes.
std::string nonAnswersToml(const DraftedQuestion& question);

}  // namespace canvass
