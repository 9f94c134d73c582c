#include "export/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

#include "base/list_text.h"
#include "export/export_table.h"
#include "export/survey_parts.h"
#include "text/csv_field.h"

namespace canvass {
namespace {

std::string field(std::string_view text) { return csvField(text); }

std::string field(double number) { return fmt::format("{}", number); }

std::string field(std::monostate /*unknown*/) { return {}; }

// OWASP's list for CSV injection, with the wide forms that East Asian versions accept.
bool looksLikeFormula(std::string_view text) {
  constexpr std::array<std::string_view, 11> signs = {"=",  "+",  "-",  "@",  "\t", "\r",
                                                      "\n", "＝", "＋", "－", "＠"};
  return std::ranges::any_of(signs, [text](auto sign) { return text.starts_with(sign); });
}

void noteFormulas(const ExportTable& table, std::vector<std::string>& notes) {
  std::set<std::string_view> found;
  for (const ExportRow& row : table.rows) {
    for (const ExportCell& cell : row) {
      const auto* text = std::get_if<std::string_view>(&cell);
      if (text && looksLikeFormula(*text)) found.insert(*text);
    }
  }
  if (found.empty()) return;
  notes.push_back(
      fmt::format("{} with =, +, - or @ first, which a spreadsheet takes for formulas: "
                  "export xlsx for it",
                  counted(found.size(), "text")));
}

ExportResult csvOf(const ExportTable& table, const Survey& survey) {
  ExportResult result;
  std::vector<std::string> fields;
  const auto endLine = [&] {
    result.text += fmt::format("{}\n", fmt::join(fields, ","));
    fields.clear();
  };
  for (const ExportColumn& column : table.columns) fields.push_back(field(column.name));
  endLine();
  for (const ExportRow& row : table.rows) {
    for (const ExportCell& cell : row) {
      fields.push_back(std::visit([](const auto& value) { return field(value); }, cell));
    }
    endLine();
  }
  result.items = survey.items.size();
  result.notes = table.notes;
  noteLost(survey,
           {SurveyPart::name, SurveyPart::source, SurveyPart::missingCodes, SurveyPart::date},
           result.notes);
  noteFormulas(table, result.notes);
  return result;
}

}  // namespace

ExportResult exportCsv(const ExportInput& input) { return csvOf(longTable(input), input.survey); }

ExportResult exportWideCsv(const ExportInput& input) {
  return csvOf(wideTable(input), input.survey);
}

}  // namespace canvass
