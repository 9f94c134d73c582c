#include "microdata/codebook_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/error.h"
#include "base/utf8.h"
#include "microdata/csv/csv_records.h"

namespace canvass {
namespace {

void addLine(const std::vector<std::string_view>& fields, const std::string& where,
             Codebook& codebook) {
  CodebookEntry& entry = codebook[std::string(fields[0])];
  const std::string code = codeText(valueOf(fields[1]));
  const std::string label(fields[2]);
  if (code.empty()) {
    if (!entry.label.empty()) {
      throw Error(fmt::format("the variable \"{}\" has a second label", fields[0]), where);
    }
    entry.label = label;
    return;
  }
  const bool isKnown = std::any_of(entry.valueLabels.begin(), entry.valueLabels.end(),
                                   [&code](const ValueLabel& one) { return one.code == code; });
  if (isKnown) {
    throw Error(fmt::format("code {} of variable \"{}\" has a second label", code, fields[0]),
                where);
  }
  entry.valueLabels.push_back({code, label});
}

}  // namespace

Codebook parseCodebookTable(std::string_view text, const std::string& name) {
  requireUtf8(text, name);
  CsvRecords records(text, detectSeparator(text, name), name);
  std::vector<std::string_view> fields;
  if (!records.next(fields) ||
      fields != std::vector<std::string_view>{"variable", "code", "label"}) {
    throw Error("the header is not variable,code,label", linePlace(name, 1),
                "leave code empty in the lines that give a variable's own label");
  }
  Codebook codebook;
  while (records.next(fields)) {
    if (fields.size() != 3 || fields[0].empty()) {
      throw Error("the line is not a variable, a code and a label", records.place());
    }
    addLine(fields, records.place(), codebook);
  }
  return codebook;
}

}  // namespace canvass
