#include "import/first_line.h"

#include <algorithm>

#include "base/file.h"
#include "base/paths.h"

namespace canvass {
namespace {

constexpr std::size_t longestFirstLine = 65536;

std::vector<std::string> columnsOfLine(const std::string& line) {
  std::vector<std::string> columns(1);
  for (const char c : line) {
    if (c == ',' || c == ';' || c == '\t') {
      columns.emplace_back();
    } else if (c != '"' && c != ' ') {
      columns.back() += c;
    }
  }
  return columns;
}

}  // namespace

std::string firstLineOf(const std::filesystem::path& path) {
  if (!isRegularFile(path)) return {};
  std::string text = fileBeginning(path, longestFirstLine);
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return text.substr(0, text.find_first_of("\r\n"));
}

bool hasColumns(const std::filesystem::path& path, const std::vector<std::string>& columns) {
  const std::vector<std::string> found = columnsOfLine(firstLineOf(path));
  return std::ranges::all_of(columns, [&](const std::string& column) {
    return std::ranges::find(found, column) != found.end();
  });
}

}  // namespace canvass
