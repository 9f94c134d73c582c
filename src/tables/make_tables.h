#pragma once

#include <string>
#include <vector>

#include "microdata/import_plan.h"
#include "microdata/respondents.h"
#include "tables/question_table.h"

namespace canvass {

struct TableOptions {
  std::vector<std::string> questions;  // ids; empty: all
  std::vector<std::string> by;         // attributes, crossed; empty: everyone together
  Adjustment adjustment = Adjustment::holm;
};

// From a survey's items: populations that are divided by exactly these attributes. Groups count as
// independent samples. Throws Error for a question that the survey does not have, and naming the
// divisions that it has if this one is not among them.
std::vector<QuestionTable> tablesOf(const Survey& survey, const TableOptions& options);

// From respondents, whose covariances are part of differences and the test; groups without an
// answer are left out. Throws Error for a question or an attribute that the mapping does not have.
std::vector<QuestionTable> tablesOf(const ImportPlan& plan, const Respondents& respondents,
                                    const TableOptions& options);

}  // namespace canvass
