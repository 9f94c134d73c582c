#include "export/workbook.h"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "base/temporary_folder.h"
#include "base/utf8.h"
#include "export/export_table.h"
#include "export/survey_parts.h"

namespace canvass {
namespace {

constexpr double textColumnWidth = 24.0;  // in characters
constexpr double numberColumnWidth = 10.0;

// The library's calls return a code; nothing of a workbook may be missing without a word.
void require(lxw_error error, const std::string& what) {
  if (error == LXW_NO_ERROR) return;
  throw Error(fmt::format("Excel cannot hold this survey ({}: {})", what, lxw_strerror(error)), {},
              "export csv, which has no limits");
}

// Whether readers take what begins there for the letter of a number: "_x0041_".
bool isLetterNumber(std::string_view text) {
  constexpr std::size_t letters = 7;
  const std::string_view code = text.substr(0, letters);
  return code.size() == letters && code.starts_with("_x") && code.back() == '_' &&
         std::ranges::all_of(code.substr(2, 4), [](unsigned char c) { return std::isxdigit(c); });
}

// Letters that XML cannot hold have their number instead, but for control characters, which the
// library replaces so; what only looks like a number has that of its first line, "_x005F_".
std::string asWritten(std::string_view text) {
  std::string written;
  for (; !text.empty(); text.remove_prefix(firstLetter(text).bytes.size())) {
    const Letter letter = firstLetter(text);
    if (letter.codePoint == 0xFFFE || letter.codePoint == 0xFFFF) {
      written += fmt::format("_x{:04X}_", static_cast<std::uint32_t>(*letter.codePoint));
      continue;
    }
    if (isLetterNumber(text)) written += "_x005F";
    written += letter.bytes;
  }
  return written;
}

class Workbook {
 public:
  explicit Workbook(const std::filesystem::path& file)
      : workbook_(::workbook_new(file.c_str())),
        header_(::workbook_add_format(workbook_)),
        share_(::workbook_add_format(workbook_)) {
    ::format_set_bold(header_);
    ::format_set_num_format(share_, "0.000");
  }
  ~Workbook() {
    if (workbook_ != nullptr) ::workbook_close(workbook_);
  }
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  void addTable(const char* name, const ExportTable& table);
  void addAbout(const Survey& survey, const std::vector<const ExportTable*>& tables);
  // Writes the file.
  void close() {
    lxw_workbook* workbook = std::exchange(workbook_, nullptr);
    require(::workbook_close(workbook), "writing");
  }

 private:
  void writeHeader(lxw_worksheet* sheet, const std::vector<ExportColumn>& columns);
  static void writeText(lxw_worksheet* sheet, std::size_t row, std::size_t column,
                        std::string_view text, lxw_format* format = nullptr);
  static void writeCell(lxw_worksheet* sheet, std::size_t row, std::size_t column,
                        const ExportCell& cell);

  lxw_workbook* workbook_;
  lxw_format* header_;
  lxw_format* share_;
};

void Workbook::writeText(lxw_worksheet* sheet, std::size_t row, std::size_t column,
                         std::string_view text, lxw_format* format) {
  require(::worksheet_write_string(sheet, static_cast<lxw_row_t>(row),
                                   static_cast<lxw_col_t>(column), asWritten(text).c_str(), format),
          fmt::format("row {}, column {}", row + 1, column + 1));
}

void Workbook::writeCell(lxw_worksheet* sheet, std::size_t row, std::size_t column,
                         const ExportCell& cell) {
  if (const auto* text = std::get_if<std::string_view>(&cell)) {
    writeText(sheet, row, column, *text);
  } else if (const auto* number = std::get_if<double>(&cell)) {
    require(::worksheet_write_number(sheet, static_cast<lxw_row_t>(row),
                                     static_cast<lxw_col_t>(column), *number, nullptr),
            fmt::format("row {}, column {}", row + 1, column + 1));
  }
}

// The names of the columns, which stay in sight, and how wide each is.
void Workbook::writeHeader(lxw_worksheet* sheet, const std::vector<ExportColumn>& columns) {
  using Kind = ExportColumn::Kind;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Kind kind = columns[i].kind;
    const bool isText = kind == Kind::text || kind == Kind::category;
    const auto column = static_cast<lxw_col_t>(i);
    require(
        ::worksheet_set_column(sheet, column, column, isText ? textColumnWidth : numberColumnWidth,
                               kind == Kind::share ? share_ : nullptr),
        columns[i].name);
    writeText(sheet, 0, i, columns[i].name, header_);
  }
  ::worksheet_freeze_panes(sheet, 1, 0);
}

void Workbook::addTable(const char* name, const ExportTable& table) {
  lxw_worksheet* sheet = ::workbook_add_worksheet(workbook_, name);
  if (table.rows.size() >= LXW_ROW_MAX) {
    throw Error(fmt::format("a sheet of Excel holds {} rows, and this survey has {}",
                            LXW_ROW_MAX - 1, table.rows.size()),
                {}, "export csv, which has no limits");
  }
  writeHeader(sheet, table.columns);
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      writeCell(sheet, row + 1, i, table.rows[row][i]);
    }
  }
  ::worksheet_autofilter(sheet, 0, 0, static_cast<lxw_row_t>(table.rows.size()),
                         static_cast<lxw_col_t>(table.columns.size() - 1));
}

void Workbook::addAbout(const Survey& survey, const std::vector<const ExportTable*>& tables) {
  lxw_worksheet* sheet = ::workbook_add_worksheet(workbook_, "about");
  using Kind = ExportColumn::Kind;
  writeHeader(sheet, {{"survey", {}, Kind::text}, {survey.name, {}, Kind::text}});
  writeText(sheet, 1, 0, "source", header_);
  writeText(sheet, 1, 1, survey.source);
  std::size_t row = 3;
  for (const ExportTable* table : tables) {
    for (const ExportColumn& column : table->columns) {
      writeText(sheet, row, 0, column.name);
      writeText(sheet, row++, 1, column.label);
    }
    ++row;
  }
}

}  // namespace

ExportResult exportWorkbook(const ExportInput& input) {
  const ExportTable shares = longTable(input);
  const ExportTable wide = wideTable(input);
  const TemporaryFolder folder;
  const auto file = folder / "survey.xlsx";
  Workbook workbook(file);
  workbook.addTable("shares", shares);
  workbook.addTable("wide", wide);
  workbook.addAbout(input.survey, {&shares, &wide});
  workbook.close();
  ExportResult result;
  result.text = readFile(file);
  result.items = input.survey.items.size();
  result.notes = shares.notes;
  noteLost(input.survey, {SurveyPart::missingCodes, SurveyPart::date}, result.notes);
  return result;
}

}  // namespace canvass
