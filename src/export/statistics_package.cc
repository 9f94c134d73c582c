#include "export/statistics_package.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

#include "base/child_process.h"
#include "base/error.h"
#include "base/installation.h"
#include "base/json.h"
#include "base/list_text.h"
#include "export/export_table.h"
#include "export/survey_parts.h"
#include "text/lines.h"

namespace canvass {
namespace {

// In bytes.
struct PackageLimits {
  const char* format;  // as canvass-readstat calls it
  std::size_t fileLabel;
  std::size_t text;
  std::size_t valueLabel;
};

constexpr PackageLimits spss{"sav", 64, 32767, 120};
constexpr PackageLimits stata{"dta", 80, 2045, 32000};
constexpr std::size_t maxNameBytes = 32;
constexpr std::size_t maxVariableLabelBytes = 80;

// As much of a text as fits, in whole letters.
std::string_view cutOff(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  const auto isInsideLetter = [&](std::size_t at) { return (text[at] & 0xC0) == 0x80; };
  while (bytes > 0 && isInsideLetter(bytes)) --bytes;
  return text.substr(0, bytes);
}

// Names of variables: letters, digits and _ of ASCII, each once whatever its case.
class VariableNames {
 public:
  std::string nameFor(const std::string& column) {
    std::string name(cutOff(column, maxNameBytes));
    std::ranges::replace_if(
        name, [](unsigned char c) { return !isWordCharacter(c); }, '_');
    std::string free = name;
    for (int number = 2; !taken_.insert(asciiLowerCase(free)).second; ++number) {
      const std::string ending = fmt::format("_{}", number);
      free = name.substr(0, maxNameBytes - ending.size()) + ending;
    }
    return free;
  }

 private:
  static bool isWordCharacter(unsigned char c) { return c < 0x80 && (std::isalnum(c) || c == '_'); }

  std::set<std::string> taken_;
};

// One column as the variable that holds it.
class VariableWriter {
 public:
  VariableWriter(const ExportColumn& column, const PackageLimits& limits)
      : column_(column), limits_(limits) {}

  // The cell of a record; call for each in order, and then variable().
  Json cellOf(const ExportCell& cell);
  Json variable(const std::string& name) const;
  // Texts that were cut off.
  std::size_t cut() const { return cut_; }

 private:
  Json categoryOf(std::string_view text);
  std::string within(std::string_view text, std::size_t bytes);

  const ExportColumn& column_;
  const PackageLimits& limits_;
  std::size_t width_ = 1;
  bool hasFractions_ = false;
  std::vector<std::string> labels_;
  std::unordered_map<std::string_view, std::size_t> codes_;
  std::size_t cut_ = 0;
};

std::string VariableWriter::within(std::string_view text, std::size_t bytes) {
  if (text.size() > bytes) ++cut_;
  return std::string(cutOff(text, bytes));
}

Json VariableWriter::categoryOf(std::string_view text) {
  if (text.empty()) return nullptr;
  const auto [code, isNew] = codes_.try_emplace(text, codes_.size() + 1);
  if (isNew) labels_.push_back(within(text, limits_.valueLabel));
  return code->second;
}

Json VariableWriter::cellOf(const ExportCell& cell) {
  if (const auto* number = std::get_if<double>(&cell)) {
    hasFractions_ = hasFractions_ || std::trunc(*number) != *number;
    return *number;
  }
  const auto* text = std::get_if<std::string_view>(&cell);
  if (text == nullptr) return nullptr;
  if (column_.kind == ExportColumn::Kind::category) return categoryOf(*text);
  std::string written = within(*text, limits_.text);
  width_ = std::max(width_, written.size());
  return written;
}

Json VariableWriter::variable(const std::string& name) const {
  using Kind = ExportColumn::Kind;
  const bool isNumber = column_.kind == Kind::number || column_.kind == Kind::share;
  const int decimals = column_.kind == Kind::share ? 3 : hasFractions_ ? 1 : 0;
  return {{"name", name},
          {"label", std::string(cutOff(column_.label, maxVariableLabelBytes))},
          {"width", column_.kind == Kind::text ? width_ : 0},
          {"decimals", decimals},
          {"nominal", !isNumber},
          {"labels", labels_}};
}

std::string writtenFile(const Json& content, const char* format) {
  const auto program = installedFile("canvass-readstat", CANVASS_BUILT_READSTAT_FOLDER);
  const auto result = runChild({program.string(), "write", format}, jsonText(content));
  if (!result) throw Error("a part of canvass is missing", program.string(), "install it again");
  if (result->exitCode != 0) {
    throw Error(fmt::format("the file cannot be written: {}", result->errors), program.string());
  }
  return result->output;
}

ExportResult exportFor(const PackageLimits& limits, const ExportInput& input) {
  const ExportTable table = longTable(input);
  std::vector<VariableWriter> writers;
  for (const ExportColumn& column : table.columns) writers.emplace_back(column, limits);
  Json records = Json::array();
  for (const ExportRow& row : table.rows) {
    Json record = Json::array();
    for (std::size_t i = 0; i < row.size(); ++i) record.push_back(writers[i].cellOf(row[i]));
    records.push_back(std::move(record));
  }
  VariableNames names;
  Json variables = Json::array();
  std::size_t cut = 0;
  for (std::size_t i = 0; i < writers.size(); ++i) {
    variables.push_back(writers[i].variable(names.nameFor(table.columns[i].name)));
    cut += writers[i].cut();
  }
  ExportResult result;
  result.text = writtenFile({{"label", std::string(cutOff(input.survey.name, limits.fileLabel))},
                             {"variables", std::move(variables)},
                             {"records", std::move(records)}},
                            limits.format);
  result.items = input.survey.items.size();
  result.notes = table.notes;
  noteLost(input.survey, {SurveyPart::source, SurveyPart::missingCodes, SurveyPart::date},
           result.notes);
  if (cut > 0) {
    result.notes.push_back(fmt::format("{} cut off: a value label holds {} bytes, a text {}",
                                       counted(cut, "text"), limits.valueLabel, limits.text));
  }
  return result;
}

}  // namespace

ExportResult exportSpss(const ExportInput& input) { return exportFor(spss, input); }

ExportResult exportStata(const ExportInput& input) { return exportFor(stata, input); }

}  // namespace canvass
