#include "export/export.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "export/csv.h"
#include "export/markdown.h"
#include "export/simllm.h"
#include "export/statistics_package.h"
#include "export/subpop.h"
#include "export/workbook.h"
#include "text/near_matches.h"

namespace canvass {
namespace {

const std::array allExporters{
    Exporter{"csv", "a line for each option of each item, with its standard error", true,
             exportCsv},
    Exporter{"csv-wide", "a line for each item, with a column for each option", true,
             exportWideCsv},
    Exporter{"xlsx", "an Excel workbook with the tables of csv and csv-wide", true, exportWorkbook},
    Exporter{"markdown", "a table for each question, to read", true, exportMarkdown},
    Exporter{"sav", "the table of csv for SPSS, with labels", true, exportSpss},
    Exporter{"dta", "the table of csv for Stata, with labels", true, exportStata},
    Exporter{"simllm", "JSON records with instruction, input, options and options_dist", false,
             [](const ExportInput& input) { return exportSimllm(input.survey); }},
    Exporter{"subpop", "SubPOP, distributions of groups as JSON lines", false,
             [](const ExportInput& input) { return exportSubpop(input.survey); }},
};

}  // namespace

std::span<const Exporter> exporters() { return allExporters; }

const Exporter& findExporter(const std::string& name) {
  const auto found = std::find_if(allExporters.begin(), allExporters.end(),
                                  [&name](const Exporter& one) { return one.name == name; });
  if (found != allExporters.end()) return *found;
  std::vector<std::string> known;
  for (const Exporter& one : allExporters) known.push_back(one.name);
  throw Error(fmt::format("there is no export format \"{}\"", name), {}, choiceOf(name, known));
}

}  // namespace canvass
