#include "base/installation.h"

#include "base/paths.h"

namespace canvass {

std::filesystem::path installedFile(const std::string& name, const std::filesystem::path& built) {
  const auto folder = runningProgram().parent_path();
  for (const auto& place : {folder, folder.parent_path() / CANVASS_LIBRARY_FOLDER}) {
    if (isThere(place / name)) return place / name;
  }
  return built / name;
}

}  // namespace canvass
