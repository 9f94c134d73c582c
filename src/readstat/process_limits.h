#pragma once

#include <cstddef>

namespace canvass {

// Bounds what this process may take for a file of this many bytes: memory, processor time, and a
// lifetime no longer than that of the process that started it.
void limitThisProcess(std::size_t fileBytes);

}  // namespace canvass
