#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace canvass {

// The records of a text with separated values (RFC 4180): fields with the separator, a newline or a
// double quote in them are in double quotes, where "" is one quote. Lines end in LF or CRLF. A byte
// order mark is skipped, and a first line "sep=;", which Excel reads.
class CsvRecords {
 public:
  // `file`: for messages. `text` must outlive the object. Throws Error for UTF-16.
  CsvRecords(std::string_view text, char separator, std::string file);

  // Reads the next record; false at the end. The fields last until the next call. Throws Error at
  // the line for a quote that is not closed or is inside an unquoted field, text after a closing
  // quote, an empty line with records after it, a carriage return by itself, a zero byte, and a
  // field or record of a size that no file of answers has.
  bool next(std::vector<std::string_view>& fields);

  // "file:12", where the current record begins.
  std::string place() const;
  std::size_t bytesRead() const { return position_; }
  // True if the text ends without a newline, as a truncated one does.
  bool endsOpen() const { return !text_.empty() && text_.back() != '\n'; }

 private:
  void skipEmptyLines();
  std::string_view quotedField();
  std::string_view plainField();
  // True if another field follows in the record.
  bool endField();
  void requireUsualSize(std::size_t begin, std::size_t fields) const;
  [[noreturn]] void failForLength() const;
  [[noreturn]] void fail(const std::string& what, const std::string& remedy = {}) const;

  std::string_view text_;
  char separator_;
  std::string file_;
  std::size_t position_ = 0;
  std::size_t line_ = 1;               // at the position
  std::size_t recordLine_ = 1;         // where the current record begins
  std::deque<std::string> unescaped_;  // fields of the record that had quotes in them
};

// The separator that the first line of a text names or shows: the one of comma, semicolon, tab and
// vertical bar that occurs most often outside quotes; a comma if there is none, in a file of a
// single column. Throws Error if two occur equally often.
char detectSeparator(std::string_view text, const std::string& file);

}  // namespace canvass
