#pragma once

#include <filesystem>

namespace canvass {

// Where the bundled data is: next to an installed program, else in the checkout it was built from.
// Throws Error if it is in neither folder.
std::filesystem::path dataFolder();

}  // namespace canvass
