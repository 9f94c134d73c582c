#include "import/published/table.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/file.h"
#include "base/list_text.h"
#include "base/utf8.h"

namespace canvass {
namespace {

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

// The line that a byte is in, counted from 1.
std::size_t lineOf(std::string_view text, std::size_t byte) {
  const auto begin = text.begin();
  return static_cast<std::size_t>(
             std::count(begin, begin + static_cast<std::ptrdiff_t>(byte), '\n')) +
         1;
}

}  // namespace

PublishedTable::PublishedTable(const std::filesystem::path& path,
                               const std::vector<std::string>& columns)
    : file_(path.string()), content_(readFile(path)) {
  records_.emplace(content_, ',', file_);  // reports it if the file is UTF-16
  if (const auto byte = findInvalidUtf8(content_)) {
    throw Error(fmt::format("the text is not UTF-8 at byte {} of the file", *byte),
                linePlace(file_, lineOf(content_, *byte)), "save the file as UTF-8");
  }
  if (!records_->next(fields_)) throw Error("the file is empty", file_);
  width_ = fields_.size();
  std::vector<std::string> missing;
  for (const std::string& column : columns) {
    const auto found = std::find(fields_.begin(), fields_.end(), column);
    if (found == fields_.end()) {
      missing.push_back(column);
    } else if (std::find(found + 1, fields_.end(), column) != fields_.end()) {
      throw Error(fmt::format("two columns are called \"{}\"", column), linePlace(file_, 1));
    } else {
      indices_[column] = static_cast<std::size_t>(found - fields_.begin());
    }
  }
  if (missing.empty()) return;
  throw Error(fmt::format("the file has no column {}", fmt::join(missing, ", ")),
              linePlace(file_, 1),
              fmt::format("the format has the columns {}", fmt::join(columns, ", ")));
}

bool PublishedTable::next() {
  if (!records_->next(fields_)) return false;
  ++record_;
  if (fields_.size() == width_) return true;
  throw Error(fmt::format("the record has {}, but the header has {}",
                          counted(fields_.size(), "field"), width_),
              place(),
              records_->endsOpen() && records_->bytesRead() == content_.size()
                  ? "the file ends here without a newline: it may be cut off"
                  : "a field with a comma in it must be in double quotes");
}

std::string PublishedTable::text(const std::string& column) const {
  return std::string(trim(fields_[indices_.at(column)]));
}

}  // namespace canvass
