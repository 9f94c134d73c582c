#include "hub/files_on_disk.h"

#include <algorithm>

namespace canvass {
namespace {

using Paths = std::vector<std::filesystem::path>;

template <typename Iterator>
Paths pathsIn(const std::filesystem::path& folder) {
  Paths paths;
  std::error_code unreadable;
  for (Iterator entry(folder, unreadable), end; entry != end; entry.increment(unreadable)) {
    paths.push_back(entry->path());
    if (unreadable) break;
  }
  std::ranges::sort(paths);
  return paths;
}

}  // namespace

Paths entriesOf(const std::filesystem::path& folder) {
  return pathsIn<std::filesystem::directory_iterator>(folder);
}

Paths filesBelow(const std::filesystem::path& folder) {
  Paths paths = pathsIn<std::filesystem::recursive_directory_iterator>(folder);
  std::error_code missing;
  std::erase_if(paths,
                [&](const auto& path) { return std::filesystem::is_directory(path, missing); });
  return paths;
}

std::uintmax_t sizeOfFile(const std::filesystem::path& file) {
  std::error_code missing;
  const auto size = std::filesystem::file_size(file, missing);
  return missing ? 0 : size;
}

}  // namespace canvass
