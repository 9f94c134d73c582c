#pragma once

#include <filesystem>
#include <string>

namespace canvass {

// A file that canvass needs next to its program: in the folder of this program, else in the library
// folder of the installation, else in `built`, the folder it was built in.
std::filesystem::path installedFile(const std::string& name, const std::filesystem::path& built);

}  // namespace canvass
