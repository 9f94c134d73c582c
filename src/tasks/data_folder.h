#pragma once

#include <filesystem>

namespace canvass {

// Where the bundled data is: beside an installed program, else in the checkout it was built from.
// Throws Error where it is in neither place.
std::filesystem::path dataFolder();

}  // namespace canvass
