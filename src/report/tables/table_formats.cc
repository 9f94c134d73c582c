#include <fmt/format.h>

#include <string_view>

#include "report/tables/table_report.h"
#include "report/tables/table_rows.h"
#include "text/csv_field.h"
#include "text/markup_text.h"
#include "text/one_line.h"

namespace canvass {
namespace {

using Row = std::vector<std::string>;

std::string joined(const Row& row, std::string (*field)(std::string_view),
                   std::string_view between) {
  Row fields;
  for (const std::string& one : row) fields.push_back(field(one));
  return fmt::format("{}", fmt::join(fields, between));
}

std::string headingOf(const QuestionTable& table) {
  return table.question.id + ": " + table.question.text;
}

}  // namespace

std::string questionTablesCsv(const std::vector<QuestionTable>& tables) {
  std::string text;
  for (const QuestionTable& table : tables) {
    const TableRows rows = completeRows(table);
    if (text.empty()) text = joined(rows.titles, csvField, ",") + "\n";
    for (const Row& row : rows.rows) text += joined(row, csvField, ",") + "\n";
  }
  return text;
}

std::string questionTablesMarkdown(const std::vector<QuestionTable>& tables) {
  std::string text;
  for (const QuestionTable& table : tables) {
    const TableRows rows = readableRows(table);
    text += fmt::format("{}**{}**\n\n| {} |\n", text.empty() ? "" : "\n",
                        markdownText(headingOf(table)), joined(rows.titles, markdownText, " | "));
    text += "|---|---|---:|---:|---:|---:|---:|---:|\n";
    for (const Row& row : rows.rows) text += "| " + joined(row, markdownText, " | ") + " |\n";
    if (table.test) text += "\n" + markdownText(testText(*table.test)) + "\n";
  }
  return text;
}

std::string questionTablesLatex(const std::vector<QuestionTable>& tables) {
  std::string text;
  for (const QuestionTable& table : tables) {
    const TableRows rows = readableRows(table);
    text += fmt::format("% {}\n\\begin{{tabular}}{{llrrrrrr}}\n\\toprule\n{} \\\\\n\\midrule\n",
                        onOneLine(headingOf(table)), joined(rows.titles, latexText, " & "));
    for (const Row& row : rows.rows) text += joined(row, latexText, " & ") + " \\\\\n";
    text += "\\bottomrule\n\\end{tabular}\n";
    if (table.test) text += "% " + onOneLine(testText(*table.test)) + "\n";
  }
  return text;
}

}  // namespace canvass
