#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "predictions/named_predictions.h"
#include "survey/survey.h"

namespace canvass {

// A survey to export, and what was predicted of its items.
struct ExportInput {
  Survey survey;
  std::vector<NamedPredictions> predictions = {};
};

struct ExportColumn {
  // Texts of a category recur: a statistics package holds them as numbers with labels. Shares are
  // numbers from 0 to 1, and shown with three decimals.
  enum class Kind { text, category, number, share };

  std::string name;   // "population_name"
  std::string label;  // "Population", for readers
  Kind kind;
};

// What is not known, a number, or a text.
using ExportCell = std::variant<std::monostate, double, std::string_view>;
using ExportRow = std::vector<ExportCell>;

// The shares of a survey as a table of one kind of rows. Its texts are the survey's, which must
// outlive it.
struct ExportTable {
  std::vector<ExportColumn> columns;
  std::vector<ExportRow> rows;     // a cell for each column
  std::vector<std::string> notes;  // on what is not known
};

// A row for each option of each item. Columns:
//   question, question_text, topic, scale
//   population, population_name, population_phrase
//   option, option_text, value    the option's label, words and position on the scale
//   share                         of those who answered, 0 to 1
//   se                            of the share: the survey's own, or else from n_eff
//   se_by                         which of the two: design, n_eff
//   n, n_eff, dont_know, refused  of the item
//   predicted                     with predictions: the share; predicted_RUN if of several runs
//   attribute_country ...         one for each attribute that a population of the survey has
// Throws Error if a text of the survey is not UTF-8 or has a zero byte.
ExportTable longTable(const ExportInput& input);

// A row for each item. Columns: those above of question, population and item, and for each option,
// by its position, option_1 (its words), share_1, se_1 and predicted_1 or predicted_RUN_1, as many
// as the question with the most options has. Those of one kind stand next to each other.
ExportTable wideTable(const ExportInput& input);

}  // namespace canvass
