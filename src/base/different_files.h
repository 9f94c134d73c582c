#pragma once

#include <string>
#include <vector>

namespace canvass {

// Throws Error if two of the paths name one file: what is in it would count twice. Files that do
// not exist are compared by their paths.
void requireDifferentFiles(const std::vector<std::string>& paths);

}  // namespace canvass
