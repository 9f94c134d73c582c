#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/input_file.h"
#include "base/recoder.h"

namespace canvass {

// The text of a CSV file, without a byte order mark. UTF-16, which its mark or its zero bytes show,
// becomes UTF-8 at once and is held in memory; text of another encoding is recoded field by field.
class CsvText {
 public:
  // `encoding`: empty for UTF-8. Throws Error naming the file if the system does not know it, if
  // the file's mark says something else, or for UTF-16 that is not valid.
  CsvText(const std::filesystem::path& path, const std::string& encoding);

  std::string_view text() const { return text_; }
  // Throws Error at `where` for text in another encoding.
  std::string toUtf8(std::string_view field, const std::string& where);
  // The memory of what comes before this many bytes of the text can be used for something else.
  void drop(std::size_t bytes) const;

 private:
  void recode(const std::string& encoding);

  InputFile file_;
  std::string recoded_;
  std::string_view text_;
  std::optional<Recoder> recoder_;
};

}  // namespace canvass
