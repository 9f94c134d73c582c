#pragma once

#include <string>
#include <string_view>

#include "microdata/draft/observed_codes.h"
#include "microdata/variable.h"

namespace canvass {

// Why a variable cannot be a question, whatever its codes mean: too many values, dates, years, long
// texts, or an identifier by its name. Empty if none of it holds.
std::string whyNotAQuestion(const Variable& variable, const ObservedCodes& observed);

// By its name: "id", "caseid", "respondent_id".
bool isIdentifierName(std::string_view name);

}  // namespace canvass
