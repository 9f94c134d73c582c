#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace canvass::wvs {

using Wording = std::map<std::string, std::string>;  // a question's full words by its variable

// A CSV file with the header variable,text. Nothing for an empty path. Throws Error naming
// file:line for another header, a line with more or fewer fields, an empty text and a variable that
// appears twice.
Wording readWording(const std::filesystem::path& path);

}  // namespace canvass::wvs
