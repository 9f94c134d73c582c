#pragma once

#include <string>

#include "cli/options.h"
#include "tasks/split_task.h"

namespace canvass {

struct SplitArguments {
  SurveyArguments survey;
  SurveyArguments test;
  SplitTask task;
  std::string output;
};

// There are three ways to divide a survey: by what to hold out, as a published design does, or by
// comparison with another survey. Each run uses one of them.
void addSplitOptions(CLI::App& verb, SplitArguments& arguments);

// Throws CLI::ValidationError for a seed if nothing is drawn at random.
void requireSeedIsUsed(const CLI::App& verb);

}  // namespace canvass
