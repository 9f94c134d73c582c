#include "base/different_files.h"

#include <filesystem>
#include <set>

#include "base/error.h"

namespace canvass {

void requireDifferentFiles(const std::vector<std::string>& paths) {
  std::set<std::filesystem::path> seen;
  for (const std::string& path : paths) {
    std::error_code unresolved;
    std::filesystem::path file = std::filesystem::weakly_canonical(path, unresolved);
    if (unresolved) file = path;
    if (seen.insert(file).second) continue;
    throw Error("the file is given twice and would count twice", path, "give each file once");
  }
}

}  // namespace canvass
