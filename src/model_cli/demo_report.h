#pragma once

#include <string>
#include <vector>

#include "model_tasks/demo.h"
#include "report/terminal/terminal_text.h"

namespace canvass {

// "33 questions asked in 41 countries, 1,234 cells of real answers", with the source.
std::string surveyText(const Survey& survey, const TerminalStyle& style);

// The figures next to the baselines', what they say in words, and the best and the worst item. The
// first run is the model that has learned; the others are what it is compared with.
std::string figuresText(const std::vector<RunEvaluation>& figures, const Survey& heldOut,
                        const TerminalStyle& style);

// What to type next. `folder`: as the user named it.
std::string nextSteps(const Demo& demo, const std::string& folder, double seconds);

}  // namespace canvass
