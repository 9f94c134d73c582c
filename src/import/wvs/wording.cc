#include "import/wvs/wording.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/file.h"
#include "base/utf8.h"
#include "microdata/csv/csv_records.h"

namespace canvass::wvs {

Wording readWording(const std::filesystem::path& path) {
  Wording wording;
  if (path.empty()) return wording;
  const std::string text = readFile(path);
  if (const auto offset = findInvalidUtf8(text)) {
    throw Error(fmt::format("the text is not UTF-8 at byte {}", *offset), path.string(),
                "save the file as UTF-8");
  }
  CsvRecords records(text, detectSeparator(text, path.string()), path.string());
  std::vector<std::string_view> fields;
  if (!records.next(fields) || fields != std::vector<std::string_view>{"variable", "text"}) {
    throw Error("the header is not variable,text", linePlace(path.string(), 1));
  }
  while (records.next(fields)) {
    if (fields.size() != 2 || fields[0].empty() || fields[1].empty()) {
      throw Error("the line is not a variable and its question's wording", records.place());
    }
    if (!wording.emplace(fields[0], fields[1]).second) {
      throw Error(fmt::format("the variable \"{}\" appears twice", fields[0]), records.place());
    }
  }
  return wording;
}

}  // namespace canvass::wvs
