#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "survey/survey.h"

namespace canvass {

// survey.jsonl: a header line {"canvass":"survey","version":2,...}, then one JSON object per line:
// questions, populations, then items that refer to them by id. Numbers are written so that reading
// gives the same doubles.
std::string surveyToJsonl(const Survey& survey);
void writeSurvey(const Survey& survey, const std::filesystem::path& path);

// Throws Error naming file:line for anything that is not such a survey.
Survey readSurvey(const std::filesystem::path& path);
Survey parseSurvey(std::string_view text, const std::string& name);

// True if the file opens with the header line of a survey.
bool isSurveyFile(const std::filesystem::path& path);

}  // namespace canvass
