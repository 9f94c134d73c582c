#include "microdata/csv/decimal_mark.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "microdata/csv/csv_records.h"
#include "microdata/csv/csv_text.h"
#include "text/lines.h"

namespace canvass {
namespace {

constexpr std::size_t maxRecords = 10'000;
constexpr std::size_t thousandsDigits = 3;

// What the values of one column look like so far.
struct ColumnMarks {
  bool isNumeric = true;  // all of them are numbers, with a comma, a point or neither
  bool hasComma = false;  // one is certainly a number with a decimal comma
  bool hasPoint = false;
};

void look(std::string_view value, ColumnMarks& marks) {
  if (value.empty() || !marks.isNumeric) return;
  if (value.starts_with('-') || value.starts_with('+')) value.remove_prefix(1);
  const std::size_t mark = value.find_first_of(",.");
  const std::string_view whole = value.substr(0, mark);
  const std::string_view fraction =
      mark == std::string_view::npos ? std::string_view() : value.substr(mark + 1);
  const auto areDigits = [](std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  marks.isNumeric = !value.empty() && areDigits(whole) && areDigits(fraction);
  if (mark == std::string_view::npos) return;
  if (value[mark] == '.') marks.hasPoint = true;
  // "1,234" may be a thousand, and "1,2" two codes.
  const bool isDecimal = fraction.size() > 1 && fraction.size() != thousandsDigits;
  if (value[mark] == ',' && (isDecimal || (whole == "0" && !fraction.empty()))) {
    marks.hasComma = true;
  }
}

}  // namespace

char detectDecimalMark(const std::filesystem::path& path, const CsvForm& form) {
  const CsvText text(path, form.encoding);
  const std::string separator = form.separator.empty()
                                    ? std::string(1, detectSeparator(text.text(), path.string()))
                                    : form.separator;
  CsvRecords records(text.text(), separator.front(), path.string());
  std::vector<std::string_view> fields;
  if (!records.next(fields)) return '.';
  std::vector<ColumnMarks> columns(fields.size());
  for (std::size_t i = 0; i < maxRecords && records.next(fields); ++i) {
    for (std::size_t c = 0; c < std::min(columns.size(), fields.size()); ++c) {
      look(trimmed(fields[c], " \t"), columns[c]);
    }
  }
  const auto has = [&columns](bool ColumnMarks::*what) {
    return std::ranges::any_of(
        columns, [what](const ColumnMarks& one) { return one.isNumeric && one.*what; });
  };
  return has(&ColumnMarks::hasComma) && !has(&ColumnMarks::hasPoint) ? ',' : '.';
}

}  // namespace canvass
