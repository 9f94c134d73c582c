#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

// What a reader of results has to be told: of the survey what AAPOR's Code requires to be disclosed
// (section III.A), of the model what GUIDE-LLM's checklist is about. Answered as far as the files
// know it; the rest is asked for, not invented.

struct ChecklistEntry {
  std::string title;
  std::vector<std::string> known;  // sentences from the files
  std::string missing;             // what the author has to add; empty if nothing
};

struct ChecklistSection {
  std::string title;
  std::vector<ChecklistEntry> entries;
};

struct ChecklistRun {
  std::string name;
  const Json* evaluation = nullptr;        // that evaluate wrote
  std::optional<PredictionSource> source;  // of its predictions, if they were given
};

struct ChecklistSources {
  std::string canvassVersion;
  const Survey* survey = nullptr;  // may be null
  std::vector<ChecklistRun> runs;
  std::vector<const Json*> trainings;  // run.json of each
};

std::vector<ChecklistSection> checklistOf(const ChecklistSources& sources);

// A list with boxes: checked if nothing is missing.
std::string checklistMarkdown(const std::vector<ChecklistSection>& sections,
                              const std::string& title);

// [{"title", "entries": [{"title", "known": [...], "missing"}]}]
Json checklistJson(const std::vector<ChecklistSection>& sections);

}  // namespace canvass
