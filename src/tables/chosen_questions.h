#pragma once

#include <string>
#include <vector>

#include "survey/survey.h"

namespace canvass {

// The indices of the questions with these ids, in this order; of all if none is given. Throws Error
// for an id that no question has.
std::vector<std::size_t> chosenQuestions(const std::vector<Question>& questions,
                                         const std::vector<std::string>& ids);

// Throws Error if so many questions in so many groups make tables that nobody reads and no memory
// holds: each two groups are compared in each question.
void requireFewComparisons(std::size_t questions, std::size_t groups);

}  // namespace canvass
