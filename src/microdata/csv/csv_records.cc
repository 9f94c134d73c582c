#include "microdata/csv/csv_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"

namespace canvass {
namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

// Excel's first line "sep=;", which names the separator.
constexpr std::string_view separatorKey = "sep=";

// Of that line, with its end; 0 if the text does not begin with one.
std::size_t separatorLineBytes(std::string_view text) {
  if (!text.starts_with(separatorKey)) return 0;
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  const std::size_t bytes = separatorKey.size() + 1;
  const bool isOne = line.size() == bytes || (line.size() == bytes + 1 && line.ends_with('\r'));
  return isOne && end != std::string_view::npos ? end + 1 : 0;
}

void rejectUtf16(std::string_view text, const std::string& file) {
  // Without a mark, every other byte of plain Latin letters is zero.
  const bool isUnmarked = text.size() >= 2 && (text[0] == '\0') != (text[1] == '\0');
  if (isUnmarked || text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    throw Error("the file is in UTF-16", file, "save it as CSV in UTF-8");
  }
}

}  // namespace

CsvRecords::CsvRecords(std::string_view text, char separator, std::string file)
    : text_(text), separator_(separator), file_(std::move(file)) {
  rejectUtf16(text, file_);
  if (text_.starts_with(byteOrderMark)) position_ = byteOrderMark.size();
  const std::size_t separatorLine = separatorLineBytes(text_.substr(position_));
  if (separatorLine > 0) ++line_;
  position_ += separatorLine;
}

void CsvRecords::fail(const std::string& what, const std::string& remedy) const {
  throw Error(what, linePlace(file_, line_), remedy);
}

// Far above what any file of answers has, and far below what would exhaust the memory: a file that
// passes one of them is damaged, or not what it is taken for.
constexpr std::size_t longestField = 1 << 24;
constexpr std::size_t longestRecord = 1 << 26;
constexpr std::size_t mostFields = 100'000;

void CsvRecords::failForLength() const {
  fail(fmt::format("a field is longer than {} MB", longestField >> 20),
       "check the separator, and that each double quote is closed");
}

// Throws Error for a record, being read from `begin` on, that is too large.
void CsvRecords::requireUsualSize(std::size_t begin, std::size_t fields) const {
  const bool isLong = position_ - begin > longestRecord;
  if (!isLong && fields <= mostFields) return;
  throw Error(isLong ? fmt::format("the record is longer than {} MB", longestRecord >> 20)
                     : fmt::format("the record has more than {} fields", mostFields),
              place(), "check the separator, the quotes and that it is a file of answers");
}

std::string CsvRecords::place() const { return linePlace(file_, recordLine_); }

// Empty lines at the end are not records.
void CsvRecords::skipEmptyLines() {
  const std::size_t first = line_;
  std::size_t at = position_;
  while (at < text_.size() && (text_[at] == '\n' || text_.substr(at).starts_with("\r\n"))) {
    at += text_[at] == '\n' ? 1 : 2;
    ++line_;
  }
  if (at > position_ && at < text_.size()) {
    line_ = first;
    fail("the line is empty", "remove it");
  }
  position_ = at;
}

bool CsvRecords::next(std::vector<std::string_view>& fields) {
  fields.clear();
  unescaped_.clear();
  skipEmptyLines();
  if (position_ == text_.size()) return false;
  recordLine_ = line_;
  const std::size_t begin = position_;
  do {
    const bool isQuoted = position_ < text_.size() && text_[position_] == '"';
    fields.push_back(isQuoted ? quotedField() : plainField());
    requireUsualSize(begin, fields.size());
  } while (endField());
  return true;
}

std::string_view CsvRecords::plainField() {
  const std::size_t begin = position_;
  while (position_ < text_.size()) {
    const char c = text_[position_];
    if (c == separator_ || c == '\n' || c == '\r') break;
    if (c == '"') {
      fail("a double quote appears inside a field that is not in quotes",
           "put the field in quotes and write the quote twice");
    }
    if (c == '\0') fail("there is a zero byte", "the file is not text, or is damaged");
    if (++position_ - begin > longestField) failForLength();
  }
  return text_.substr(begin, position_ - begin);
}

std::string_view CsvRecords::quotedField() {
  const std::size_t begin = position_ + 1;
  const std::size_t openedAt = line_;
  bool hasQuotes = false;
  for (position_ = begin; position_ < text_.size(); ++position_) {
    if (position_ - begin > longestField) {
      line_ = openedAt;
      failForLength();
    }
    if (text_[position_] == '\n') ++line_;
    if (text_[position_] != '"') continue;
    if (position_ + 1 == text_.size() || text_[position_ + 1] != '"') break;
    hasQuotes = true;
    ++position_;
  }
  if (position_ >= text_.size()) {
    line_ = openedAt;
    fail("a double quote is not closed", "close it, or the file may be cut off");
  }
  const std::string_view raw = text_.substr(begin, position_ - begin);
  ++position_;
  if (!hasQuotes) return raw;
  std::string& text = unescaped_.emplace_back();
  for (std::size_t i = 0; i < raw.size(); ++i) {
    text += raw[i];
    if (raw[i] == '"') ++i;
  }
  return text;
}

bool CsvRecords::endField() {
  if (position_ == text_.size()) return false;
  const char c = text_[position_];
  if (c == separator_) {
    ++position_;
    return true;
  }
  const bool isWindows = text_.substr(position_).starts_with("\r\n");
  if (c == '\r' && !isWindows) {
    fail("a carriage return is not followed by a line feed",
         "save the file with standard line endings");
  }
  if (c != '\n' && c != '\r') fail("there is text after the closing quote");
  position_ += isWindows ? 2 : 1;
  ++line_;
  return false;
}

char detectSeparator(std::string_view text, const std::string& file) {
  constexpr std::array candidates{',', ';', '\t', '|'};
  std::array<std::size_t, candidates.size()> counts{};
  rejectUtf16(text, file);
  if (separatorLineBytes(text) > 0) return text[separatorKey.size()];
  bool inQuotes = false;
  for (const char c : text) {
    if (c == '"') inQuotes = !inQuotes;
    if (inQuotes) continue;
    if (c == '\n') break;
    for (std::size_t i = 0; i < candidates.size(); ++i) counts[i] += c == candidates[i] ? 1 : 0;
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  if (*most == 0) return candidates.front();
  if (std::count(counts.begin(), counts.end(), *most) > 1) {
    throw Error("the first line does not show what separates the columns", linePlace(file, 1),
                "name it in the mapping: [file] separator = \";\"; or, for a draft of one, with "
                "--separator");
  }
  return candidates[static_cast<std::size_t>(most - counts.begin())];
}

}  // namespace canvass
