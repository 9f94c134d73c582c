#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "designs/leave_out.h"
#include "designs/parts.h"
#include "designs/question_matches.h"
#include "designs/split.h"
#include "survey/survey.h"

namespace canvass {

// A survey is divided in one of three ways: by a published design if one is named, else by what it
// has in common with a test survey if there is one, else by the plan.
struct SplitTask {
  Survey survey;
  std::string design = {};  // "naacl2025"
  bool repair = false;      // of the design: the two countries that are in two of its groups
  std::optional<Survey> test = {};
  double similarity = usualSimilarity;  // of questions that count as the same
  SplitPlan plan = {};
};

Parts divideSurvey(const SplitTask& task);

// Writes each part to FOLDER/NAME.jsonl; returns the files in the order of the parts. `read`: the
// files that the survey is from. Throws Error if a part would replace one of them, and if a part
// without items has an older file there, which would be mistaken for a part of this design.
std::vector<std::filesystem::path> writeParts(const Parts& parts,
                                              const std::filesystem::path& folder,
                                              const std::vector<std::filesystem::path>& read);

}  // namespace canvass
