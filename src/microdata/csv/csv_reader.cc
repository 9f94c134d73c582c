#include "microdata/csv/csv_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "base/list_text.h"
#include "base/recoder.h"
#include "base/utf8.h"
#include "microdata/csv/csv_records.h"

namespace canvass {
namespace {

constexpr std::size_t dropAfter = 64 * megabyte;
constexpr std::size_t csvRecordsBetweenLooks = 1 << 14;

std::string_view textOf(const MappedFile& file) {
  return {reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()};
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

class CsvReader : public MicrodataReader {
 public:
  CsvReader(const std::filesystem::path& path, const CsvForm& form)
      : file_(path), name_(path.string()), form_(form) {
    if (form.separator.empty()) form_.separator = detectSeparator(textOf(file_), name_);
    if (!form.encoding.empty()) recoder_.emplace(form.encoding);
    readHeader();
  }

  const std::string& fileName() const override { return name_; }
  const std::vector<Variable>& variables() const override { return variables_; }
  std::string place() const override { return place_; }
  void read(const std::vector<std::size_t>& chosen,
            const std::function<void(const RespondentRecord&)>& take, Progress& progress) override;

 private:
  void readHeader();
  void checkNames();
  void checkFieldCount(std::size_t fields, const CsvRecords& records) const;
  std::string toUtf8(std::string_view text, const std::string& where);
  Value cell(std::string_view field, const CsvRecords& records);
  void look(std::size_t bytesRead, Progress& progress);

  MappedFile file_;
  std::string name_;
  CsvForm form_;
  std::optional<Recoder> recoder_;
  std::vector<Variable> variables_;
  std::string place_;
  std::deque<std::string> texts_;  // of the current record, if they are not the file's bytes
};

std::string CsvReader::toUtf8(std::string_view text, const std::string& where) {
  if (recoder_) return recoder_->toUtf8(text, where);
  if (const auto offset = findInvalidUtf8(text)) {
    throw Error(fmt::format("the text is not UTF-8 at byte {} of the field", *offset), where,
                "name its encoding in the mapping: [file] encoding = \"windows-1252\"");
  }
  return std::string(text);
}

void CsvReader::readHeader() {
  CsvRecords records(textOf(file_), form_.separator.front(), name_);
  std::vector<std::string_view> fields;
  if (!records.next(fields)) throw Error("the file is empty", name_);
  for (const std::string_view field : fields) {
    Variable& variable = variables_.emplace_back();
    variable.name = toUtf8(trim(field), records.place());
  }
  checkNames();
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
  const bool isCutOff = records.endsOpen() && records.bytesRead() == file_.bytes().size();
  throw Error(fmt::format("the record has {}, but the header has {}", counted(fields, "field"),
                          variables_.size()),
              records.place(),
              isCutOff                 ? "the file ends here without a newline: it may be cut off"
              : form_.separator == "," ? "a field with a comma in it must be in double quotes"
                                       : "");
}

Value CsvReader::cell(std::string_view field, const CsvRecords& records) {
  const std::string_view text = trim(field);
  if (form_.decimalMark != '.' && text.find(form_.decimalMark) != std::string_view::npos) {
    std::string& number = texts_.emplace_back(text);
    std::replace(number.begin(), number.end(), form_.decimalMark, '.');
    const Value value = valueOf(number);
    if (value.kind == Value::Kind::number) return value;
  }
  const Value value = valueOf(text);
  if (value.kind != Value::Kind::text) return value;
  return {Value::Kind::text, 0.0, texts_.emplace_back(toUtf8(text, records.place()))};
}

void CsvReader::read(const std::vector<std::size_t>& chosen,
                     const std::function<void(const RespondentRecord&)>& take, Progress& progress) {
  CsvRecords records(textOf(file_), form_.separator.front(), name_);
  std::vector<std::string_view> fields;
  std::vector<Value> values(chosen.size());
  records.next(fields);
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
  progress.update(bytesRead / megabyte, file_.bytes().size() / megabyte, {});
  if (bytesRead > dropAfter) dropPages(file_.bytes().first(bytesRead));
}

}  // namespace

CsvForm csvFormOf(const Mapping& mapping) {
  return {mapping.separator, mapping.encoding, mapping.decimalMark};
}

std::unique_ptr<MicrodataReader> openCsv(const std::filesystem::path& path, const CsvForm& form) {
  return std::make_unique<CsvReader>(path, form);
}

}  // namespace canvass
