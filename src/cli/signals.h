#pragma once

namespace canvass {

// Ends the program with a message that names the file if a file which is mapped becomes shorter
// while it is read; every other fault of memory ends it as the system does.
void explainShorterFiles();

}  // namespace canvass
