#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "survey/survey.h"

namespace canvass {

struct ReportTask {
  std::vector<std::string> evaluations;       // files that evaluate wrote as JSON
  std::vector<std::string> names = {};        // of the runs in them; empty: after their files
  std::optional<Survey> survey = {};          // observed answers, for the wording of questions
  std::vector<std::string> surveyFiles = {};  // that it was read from
  std::vector<std::string> predictions = {};  // files, of each evaluation in turn
  std::vector<std::string> trainings = {};    // folders that train wrote
  std::string title;
  std::vector<std::string> command = {};  // as typed, so that the page can say how it was made
  bool page = false;
  bool table = false;
  bool checklist = false;
};

struct Report {
  std::size_t runs = 0;
  std::string page;   // HTML, if requested
  std::string table;      // LaTeX, likewise
  std::string checklist;  // Markdown, likewise
};

// Throws Error naming a file that is not an evaluation, or not of the predictions given with it; if
// numbers of names or predictions do not fit; and if canvass was built without its page.
Report makeReport(const ReportTask& task);

}  // namespace canvass
