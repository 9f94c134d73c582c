#pragma once

#include "export/export.h"

namespace canvass {

// Tidy CSV (RFC 4180, lines end in LF): a line for each option of each item. Columns:
//   question, question_text, topic, scale
//   population, population_name, population_phrase
//   option, option_text, value    the option's label, words and position on the scale
//   share                         of those who answered, 0 to 1
//   se                            of the share, from n_eff (stats/share_estimates.h)
//   n, n_eff, dont_know, refused  of the item
//   attribute_country ...         one for each attribute that a population of the survey has
// Unknown values are empty, never 0. Numbers are written so that reading gives the same doubles.
ExportResult exportCsv(const Survey& survey);

}  // namespace canvass
