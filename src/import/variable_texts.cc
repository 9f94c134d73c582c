#include "import/variable_texts.h"

#include <fmt/format.h>

#include <vector>

#include "base/error.h"
#include "base/file.h"
#include "base/utf8.h"
#include "microdata/csv/csv_records.h"

namespace canvass {

std::map<std::string, std::string> readVariableTexts(const std::filesystem::path& path,
                                                     const std::string& column) {
  const std::string text = readFile(path);
  requireUtf8(text, path.string());
  CsvRecords records(text, detectSeparator(text, path.string()), path.string());
  std::vector<std::string_view> fields;
  if (!records.next(fields) || fields != std::vector<std::string_view>{"variable", column}) {
    throw Error(fmt::format("the header is not variable,{}", column), linePlace(path.string(), 1));
  }
  std::map<std::string, std::string> texts;
  while (records.next(fields)) {
    if (fields.size() != 2 || fields[0].empty() || fields[1].empty()) {
      throw Error(fmt::format("the line is not a variable and its {}", column), records.place());
    }
    if (!texts.emplace(fields[0], fields[1]).second) {
      throw Error(fmt::format("the variable \"{}\" appears twice", fields[0]), records.place());
    }
  }
  return texts;
}

}  // namespace canvass
