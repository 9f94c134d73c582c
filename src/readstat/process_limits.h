#pragma once

#include <cstddef>

namespace canvass {

// Bounds what this process may take for a file of so many bytes: memory, processor time, and no
// longer life than the process that started it.
void limitThisProcess(std::size_t fileBytes);

}  // namespace canvass
