#pragma once

#include <filesystem>
#include <string>

namespace canvass {

// A file that canvass needs beside its program: in the folder of this program, else in the
// library folder of where it is installed, else in `built`, the folder it was built in.
std::filesystem::path installedFile(const std::string& name, const std::filesystem::path& built);

}  // namespace canvass
