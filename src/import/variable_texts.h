#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace canvass {

// A CSV table with the header variable,COLUMN: a text for each variable. Throws Error naming
// file:line for another header, a line with more or fewer fields, an empty field and a variable
// that appears twice.
std::map<std::string, std::string> readVariableTexts(const std::filesystem::path& path,
                                                     const std::string& column);

}  // namespace canvass
