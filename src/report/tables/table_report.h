#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "report/terminal/terminal_text.h"
#include "tables/question_table.h"

namespace canvass {

// Tables of answers for readers and for other programs. Shares and their standard errors are in
// percent and percentage points in texts, and between 0 and 1 in CSV and JSON.

// For a terminal: groups, shares with intervals, the test, and the differences that remain
// significant at 5% after adjustment, at most 20 of them.
std::string questionTableText(const QuestionTable& table, const TerminalStyle& style);

// One line per group and option, and per mean: text with a header line.
std::string questionTablesCsv(const std::vector<QuestionTable>& tables);
// One row per group and option, and per mean.
std::string questionTablesMarkdown(const std::vector<QuestionTable>& tables);
// The same with booktabs; several questions are several tabulars.
std::string questionTablesLatex(const std::vector<QuestionTable>& tables);

Json questionTablesJson(const std::vector<QuestionTable>& tables);

// "Rao-Scott, second-order: F(1.97, 112.3) = 4.21, p = 0.017".
std::string testText(const IndependenceTest& test);
// "p = 0.017", "p < 0.0001".
std::string probabilityText(double probability);

}  // namespace canvass
