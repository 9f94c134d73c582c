#pragma once

#include <string>

#include "base/json.h"
#include "estimation/interview_plan.h"
#include "report/terminal/terminal_text.h"

namespace canvass {

// The object of `plan --json`: docs/combining.md has every key.
Json interviewPlansToJson(const InterviewPlans& plans, const InterviewCosts& costs);

// Some of the plans, and which is best for what.
std::string interviewPlansText(const InterviewPlans& plans, const InterviewCosts& costs,
                               const TerminalStyle& style = {});

}  // namespace canvass
