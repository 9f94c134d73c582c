#pragma once

#include <vector>

#include "engine/writing/writer.h"
#include "prompt/prompt.h"
#include "survey/survey.h"

namespace canvass {

// Has the model continue writing where each prompt of the survey's items says so, one text each,
// and puts it into the prompt. `options`: how to draw tokens; the prompts say how many. False if
// progress asked to stop: some prompts are then without their thoughts.
bool writeThoughts(std::vector<Prompt>& prompts, const LanguageModel& model, const Survey& survey,
                   WritingOptions options, Progress& progress);

}  // namespace canvass
