#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "export/export_table.h"

namespace canvass {

struct ExportResult {
  std::string text;                // the file's content, UTF-8 or bytes
  std::size_t items = 0;           // that are in it
  std::size_t leftOut = 0;         // items that are not
  std::vector<std::string> notes;  // what the format cannot hold, and what is left out
};

// One format that a survey can be written in.
struct Exporter {
  std::string name;       // its name on the command line: "csv"
  std::string summary;    // one line for a list of formats
  bool holdsPredictions;  // next to what was observed
  // Throws Error if nothing of the survey can be written in the format, or a text is not UTF-8.
  std::function<ExportResult(const ExportInput&)> run;
};

// Every format, in the order in which a list should show them. To add one: write it next to this
// header and add a line to the table in export.cc.
std::span<const Exporter> exporters();
// Throws Error naming the known formats.
const Exporter& findExporter(const std::string& name);

}  // namespace canvass
