#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace canvass {

// What distinguishes formats of text files: their first line, without a byte order mark and up to
// 64 KiB of it. Empty if the path is not a file.
std::string firstLineOf(const std::filesystem::path& path);

// Whether the file's first line, separated by commas, semicolons or tabs, has all these columns.
bool hasColumns(const std::filesystem::path& path, const std::vector<std::string>& columns);

}  // namespace canvass
