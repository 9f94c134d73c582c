#include "base/installation.h"

namespace canvass {

std::filesystem::path installedFile(const std::string& name, const std::filesystem::path& built) {
  const auto folder = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  for (const auto& place : {folder, folder.parent_path() / CANVASS_LIBRARY_FOLDER}) {
    if (std::filesystem::exists(place / name)) return place / name;
  }
  return built / name;
}

}  // namespace canvass
