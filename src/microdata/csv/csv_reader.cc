#include "microdata/csv/csv_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "base/error.h"
#include "base/list_text.h"
#include "microdata/csv/csv_records.h"
#include "microdata/csv/csv_text.h"
#include "text/lines.h"

namespace canvass {
namespace {

constexpr std::size_t dropAfter = 64 * megabyte;
constexpr std::size_t csvRecordsBetweenLooks = 1 << 14;

constexpr std::string_view blanks = " \t";

// Qualtrics writes three header lines: names, the questions' words, and JSON with its own ids.
constexpr std::string_view qualtricsId = R"({"ImportId":)";
constexpr std::size_t headerBytes = 4 * megabyte;  // more than any header has

class CsvReader : public MicrodataReader {
 public:
  CsvReader(const std::filesystem::path& path, const CsvForm& form)
      : text_(path, form.encoding), name_(path.string()), form_(form) {
    if (form.separator.empty()) form_.separator = detectSeparator(text_.text(), name_);
    readHeader();
  }

  const std::string& fileName() const override { return name_; }
  const std::vector<Variable>& variables() const override { return variables_; }
  std::string place() const override { return place_; }
  std::vector<FileKey> fileKeys() const override;
  void read(const std::vector<std::size_t>& chosen,
            const std::function<void(const RespondentRecord&)>& take, Progress& progress) override;

 private:
  void readHeader();
  void readQuestionTexts(CsvRecords& records);
  void checkNames();
  void checkFieldCount(std::size_t fields, const CsvRecords& records) const;
  Value cell(std::string_view field, const CsvRecords& records);
  void look(std::size_t bytesRead, Progress& progress);

  CsvText text_;
  std::string name_;
  CsvForm form_;
  std::size_t headerRecords_ = 1;
  std::vector<Variable> variables_;
  std::string place_;
  std::deque<std::string> texts_;  // of the current record, if they are not the file's bytes
};

void CsvReader::readHeader() {
  CsvRecords records(text_.text(), form_.separator.front(), name_);
  std::vector<std::string_view> fields;
  if (!records.next(fields)) throw Error("the file is empty", name_);
  for (const std::string_view field : fields) {
    Variable& variable = variables_.emplace_back();
    variable.name = text_.toUtf8(trimmed(field, blanks), records.place());
  }
  checkNames();
  if (text_.text().substr(0, headerBytes).find("ImportId") != std::string_view::npos) {
    readQuestionTexts(records);
  }
}

// If the file is Qualtrics's.
void CsvReader::readQuestionTexts(CsvRecords& records) {
  std::vector<std::string_view> fields;
  if (!records.next(fields) || fields.size() != variables_.size()) return;
  std::vector<std::string> texts;
  for (const std::string_view field : fields) {
    texts.push_back(withSingleBlanks(text_.toUtf8(field, records.place())));
  }
  const auto isId = [](std::string_view field) { return field.starts_with(qualtricsId); };
  if (!records.next(fields) || !std::ranges::all_of(fields, isId)) return;
  for (std::size_t i = 0; i < texts.size(); ++i) variables_[i].label = std::move(texts[i]);
  headerRecords_ = 3;
}

std::vector<FileKey> CsvReader::fileKeys() const {
  std::vector<FileKey> keys;
  if (!form_.encoding.empty()) keys.push_back({"encoding", form_.encoding});
  if (form_.separator != ",") keys.push_back({"separator", form_.separator});
  if (form_.decimalMark != '.') keys.push_back({"decimal", std::string(1, form_.decimalMark)});
  return keys;
}

// A column without a name, such as R's row names, cannot be used, and need not be.
void CsvReader::checkNames() {
  std::map<std::string, std::size_t> columns;
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    const std::string& name = variables_[i].name;
    const auto [first, isNew] = columns.emplace(name, i + 1);
    if (isNew || name.empty()) continue;
    throw Error(fmt::format("columns {} and {} are both called \"{}\"", first->second, i + 1, name),
                linePlace(name_, 1), "give one of them another name");
  }
}

void CsvReader::checkFieldCount(std::size_t fields, const CsvRecords& records) const {
  if (fields == variables_.size()) return;
  const bool isCutOff = records.endsOpen() && records.bytesRead() == text_.text().size();
  throw Error(fmt::format("the record has {}, but the header has {}", counted(fields, "field"),
                          variables_.size()),
              records.place(),
              isCutOff                 ? "the file ends here without a newline: it may be cut off"
              : form_.separator == "," ? "a field with a comma in it must be in double quotes"
                                       : "");
}

Value CsvReader::cell(std::string_view field, const CsvRecords& records) {
  const std::string_view text = trimmed(field, blanks);
  if (form_.decimalMark != '.' && text.find(form_.decimalMark) != std::string_view::npos) {
    std::string& number = texts_.emplace_back(text);
    std::replace(number.begin(), number.end(), form_.decimalMark, '.');
    const Value value = valueOf(number);
    if (value.kind == Value::Kind::number) return value;
  }
  const Value value = valueOf(text);
  if (value.kind != Value::Kind::text) return value;
  return {Value::Kind::text, 0.0, texts_.emplace_back(text_.toUtf8(text, records.place()))};
}

void CsvReader::read(const std::vector<std::size_t>& chosen,
                     const std::function<void(const RespondentRecord&)>& take, Progress& progress) {
  CsvRecords records(text_.text(), form_.separator.front(), name_);
  std::vector<std::string_view> fields;
  std::vector<Value> values(chosen.size());
  for (std::size_t i = 0; i < headerRecords_; ++i) records.next(fields);
  std::size_t number = 0;
  while (records.next(fields)) {
    checkFieldCount(fields.size(), records);
    texts_.clear();
    place_ = records.place();
    for (std::size_t i = 0; i < chosen.size(); ++i) values[i] = cell(fields[chosen[i]], records);
    take({++number, values});
    if (number % csvRecordsBetweenLooks == 0) look(records.bytesRead(), progress);
  }
}

// Reports the progress of reading, and releases the file's pages that have been read.
void CsvReader::look(std::size_t bytesRead, Progress& progress) {
  if (progress.stopRequested()) throw Error("stopped; nothing was written", place_);
  progress.update(bytesRead / megabyte, text_.text().size() / megabyte, {});
  if (bytesRead > dropAfter) text_.drop(bytesRead);
}

}  // namespace

CsvForm csvFormOf(const Mapping& mapping) {
  return {mapping.separator, mapping.encoding, mapping.decimalMark};
}

std::unique_ptr<MicrodataReader> openCsv(const std::filesystem::path& path, const CsvForm& form) {
  return std::make_unique<CsvReader>(path, form);
}

}  // namespace canvass
