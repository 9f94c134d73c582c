#pragma once

#include <filesystem>
#include <vector>

#include "import/import.h"

namespace canvass {

// Surveys of the Digital Twin Evaluation Framework (such as the Global Dialogues): one JSON object
// with
//   surveyName, source
//   questions  an object: by id "text", "options"; "type", of which only "single-select" is taken
//   segments   a list: "id", "label", "attributes" (texts by name), "sampleSize", and "responses",
//   a
//              list of "questionId" and "distribution", percentages in the options' order
// The n of each item is its segment's size: how many answered each question is not published.
// Throws Error naming file, segment and question.
ImportResult importDtef(const std::vector<std::filesystem::path>& files,
                        const ImportOptions& options);

// Whether the file begins with an object that has "surveyId" among its first keys.
bool isDtefFile(const std::filesystem::path& path);

}  // namespace canvass
