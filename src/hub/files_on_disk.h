#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace canvass {

// What is directly in a folder, and all files in it and the folders below it, in alphabetical
// order. What cannot be read is left out.
std::vector<std::filesystem::path> entriesOf(const std::filesystem::path& folder);
std::vector<std::filesystem::path> filesBelow(const std::filesystem::path& folder);

// 0 if there is no such file, or it is a link that leads nowhere.
std::uintmax_t sizeOfFile(const std::filesystem::path& file);

}  // namespace canvass
