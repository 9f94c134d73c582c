#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "microdata/csv/csv_records.h"

namespace canvass {

// A small CSV file in UTF-8, held whole, whose columns are accessed by name: for published data
// sets, not files of respondents.
class PublishedTable {
 public:
  // Throws Error naming the file if it is not UTF-8, empty, or does not have each of the columns
  // exactly once. Other columns are ignored.
  PublishedTable(const std::filesystem::path& path, const std::vector<std::string>& columns);

  PublishedTable(const PublishedTable&) = delete;
  PublishedTable& operator=(const PublishedTable&) = delete;

  // Reads the next record; false at the end. Throws Error at file and line for broken quotes and
  // for too few or too many fields.
  bool next();

  const std::string& file() const { return file_; }
  std::size_t record() const { return record_; }           // the current one, counted from 1
  std::string place() const { return records_->place(); }  // "file:12", where it begins
  // Of the current record, without blanks around it. `column`: one of those asked for.
  std::string text(const std::string& column) const;

 private:
  std::string file_;
  std::string content_;
  std::optional<CsvRecords> records_;
  std::vector<std::string_view> fields_;
  std::map<std::string, std::size_t> indices_;  // of the columns asked for
  std::size_t width_ = 0;
  std::size_t record_ = 0;
};

}  // namespace canvass
